import { target, unfinished } from "../../release/history";
import type { Release } from "../../release/record";
import { asked, NEW, OLD } from "./fakes";

const ended = (id: string, change: Partial<Release> = {}): Release =>
  asked({ id, version: `0.${id.slice(1)}.0`, result: "released", endedAt: "now", ...change });

test("by default the way back leads to what the last release replaced", () => {
  const releases = [ended("r1"), ended("r2", { imagesBefore: { api: { digest: OLD } } })];
  expect(target({ releases }, undefined)).toEqual({
    ...{ version: "before r2", images: { api: { digest: OLD } }, digests: { api: OLD } },
  });
});

test("a named release is gone back to by its digests", () => {
  const releases = [ended("r1", { images: { api: { digest: NEW } } }), ended("r2"), ended("r3")];
  expect(target({ releases }, "r1")).toEqual({
    ...{ version: "r1", images: { api: { digest: NEW } }, digests: { api: NEW } },
  });
});

test("a release that was taken back bars nothing and is nothing to go to", () => {
  const lost = ended("r2", { result: "restored", irreversible: "drops a column" });
  const releases = [ended("r1"), lost, ended("r3")];
  expect(target({ releases }, "r1").version).toBe("r1");
  expect(() => target({ releases }, "r2")).toThrow("--to r2: no release of that name");
});

test.each([
  ["by default", undefined],
  ["to an older one", "r1"],
])("no way back leads over a migration that cannot be undone, %s", (_how, to) => {
  const releases = [ended("r1"), ended("r2"), ended("r3", { irreversible: "drops a column" })];
  expect(() => target({ releases }, to)).toThrow(
    "the migration of r3 (0.3.0) cannot be undone: drops a column",
  );
});

test.each([
  ["nothing was released", [], undefined, /nothing has been released here yet/],
  [
    "the last one was a rollback",
    [ended("r1"), ended("r2", { kind: "rollback" })],
    undefined,
    /name .* with --to \(r1\)/,
  ],
  ["it serves already", [ended("r1")], "r1", /--to r1: serves already/],
] as const)("refused because %s", (_why, releases, to, message) => {
  expect(() => target({ releases }, to)).toThrow(message);
});

test("a release without an end is the one to go on with", () => {
  const open = asked({ id: "r2", step: "bake" });
  expect(unfinished({ releases: [ended("r1"), open] })).toBe(open);
  expect(unfinished({ releases: [ended("r1")] })).toBeUndefined();
});
