import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { STEPS } from "../../release/record";
import { failures, type Change } from "./failures";
import { GCP } from "./gcp-target";
import { ReleasedStack } from "./support";

let stack: ReleasedStack;
beforeAll(() => (stack = ReleasedStack.deploy(GCP.example)));
afterAll(() => stack.remove());
beforeEach(() => stack.clear());

const chosen = failures.filter(({ what }) =>
  ["a migration that ends with an error", "a smoke test that gets another status"].includes(what),
);

test.each(chosen)("$what: what served before serves again", async ({ run, ...failure }) => {
  const before = await stack.serving(GCP.apiHost);
  const told = await run(stack, GCP, "0.2.0");
  expect(told.output).toMatch(failure.says);
  expect(told.status).toBe(failure.exit);
  expect(await stack.serving(GCP.apiHost)).toBe(before);
});

test("the next try releases the version, step by step, and records it", async () => {
  // The registry has neither of the two tags before the build.
  const [command, refuse] = [GCP.digestCommand, GCP.missing];
  stack.plant("stand-ins.json", [{ command, refuse, times: 2 }]);
  const told = stack.changed(builtByReleases(stack), () => stack.release("0.2.0"));
  expect(told.output).toContain('"result":"released"');
  expect(told.status).toBe(0);
  expect(told.events.filter(({ state }) => state === "begin").map(({ step }) => step)).toEqual(
    STEPS,
  );
  const digest = GCP.digest(stack, "0.2.0");
  expect(await stack.serving(GCP.apiHost)).toMatch(digest);
  expect(stack.last()).toMatchObject({
    ...{ id: "r3", result: "released", version: "0.2.0", digests: { api: digest } },
    imagesBefore: { api: "0.1.0" },
    built: { api: { tag: expect.stringMatching(/^0\.2\.0-[0-9a-f]{12}$/) } },
  });
  const { file, digest: listed } = stack.last()?.built?.api?.sbom ?? { file: "", digest: "" };
  const list = fs.readFileSync(path.join(stack.project, file));
  expect(`sha256:${createHash("sha256").update(list).digest("hex")}`).toBe(listed);
});

/** The API's image is one that releases build, from a checkout of its own. */
function builtByReleases({ project }: ReleasedStack): Change {
  const context = path.join(project, "shop");
  fs.mkdirSync(context);
  fs.writeFileSync(path.join(context, "Dockerfile"), "FROM scratch\n");
  const git = (...args: string[]) => execFileSync("git", ["-C", context, ...args]);
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "-m", "x");
  const build = "{ context: shop, dockerfile: shop/Dockerfile, during: release }";
  return {
    file: `examples/${GCP.example}.yaml`,
    ...{ from: "api: 0.1.0", to: `api: { version: 0.1.0, build: ${build} }` },
  };
}
