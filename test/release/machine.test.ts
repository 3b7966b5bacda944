import { run, takeBack } from "../../release/machine";
import { STEPS } from "../../release/record";
import { asked, FakeCloud, machine, NEW, OLD } from "./fakes";

const BACK = ["take back", 'settle {"api":"0.1.0"} skip'];

test("a release goes through its steps in order and records what serves", async () => {
  const cloud = new FakeCloud();
  const { machine: made, place, events } = await machine(cloud, { steps: [10, 100] });
  const ended = await run(made, asked());
  expect(ended).toMatchObject({ result: "released", step: "verify", percent: 100 });
  expect(cloud.calls).toEqual([
    ...["preview", "stage", "shift 10", "shift 100"],
    `settle {"api":{"digest":"${NEW}"}} run`,
  ]);
  expect(events.filter(({ state }) => state === "begin").map(({ step }) => step)).toEqual(STEPS);
  expect(place.journal?.releases).toEqual([ended]);
  expect(ended.after?.api?.revisions[0]?.digest).toBe(NEW);
});

test("a refused preview ends the release before anything changed", async () => {
  const cloud = new FakeCloud();
  cloud.broken.add("preview");
  const { machine: made } = await machine(cloud);
  expect(await run(made, asked())).toMatchObject({ result: "failed", reason: "preview is broken" });
  expect(cloud.calls).toEqual(["preview"]);
});

test.each([
  ["stage", (cloud: FakeCloud) => cloud.broken.add("stage")],
  ["shift 100", (cloud: FakeCloud) => cloud.broken.add("shift 100")],
  ["an alarm", (cloud: FakeCloud) => (cloud.raised = [{ name: "errors", since: "now" }])],
  ["settle", (cloud: FakeCloud) => cloud.broken.add(`settle {"api":{"digest":"${NEW}"}} run`)],
])("%s that fails leads back to what served before", async (_what, spoil) => {
  const cloud = new FakeCloud();
  spoil(cloud);
  const { machine: made, events } = await machine(cloud);
  expect(await run(made, asked())).toMatchObject({ result: "restored", step: "restore" });
  expect(cloud.calls.slice(-2)).toEqual(BACK);
  expect(cloud.services.api?.revisions).toMatchObject([{ digest: OLD, percent: 100 }]);
  expect(events.at(-1)).toMatchObject({ state: "end", result: "restored" });
});

test("a platform that went back by itself is no success", async () => {
  const cloud = new FakeCloud();
  const { settle } = cloud;
  const { machine: made } = await machine(cloud);
  cloud.settle = async () => settle.call(cloud, { images: { api: "0.1.0" }, jobs: "run" });
  const ended = await run(made, asked());
  expect(ended.result).toBe("restored");
  expect(ended.reason).toMatch(`api: three runs ${OLD} and not ${NEW}`);
});

test("a candidate with another digest than asked for gets no traffic", async () => {
  const cloud = new FakeCloud();
  const { machine: made } = await machine(cloud);
  const ended = await run(made, asked({ digests: { api: `sha256:${"2".repeat(64)}` } }));
  expect(ended.result).toBe("restored");
  expect(cloud.calls).toEqual(["preview", "stage", ...BACK]);
});

test("what cannot be taken back stays open, and the same record goes on with that", async () => {
  const cloud = new FakeCloud();
  cloud.broken.add("stage").add("take back");
  const { machine: made, place } = await machine(cloud);
  await expect(run(made, asked())).rejects.toThrow("take back is broken");
  expect(cloud.calls.filter((call) => call === "take back")).toHaveLength(3);
  const [left] = place.journal?.releases ?? [];
  expect(left).toMatchObject({ step: "restore", reason: "stage is broken" });
  expect(left?.endedAt).toBeUndefined();
  cloud.broken.clear();
  cloud.calls.length = 0;
  expect(await run(made, left ?? asked())).toMatchObject({
    ...{ result: "restored", reason: "stage is broken" },
  });
  expect(cloud.calls).toEqual(BACK);
});

test.each(STEPS)("a release that was killed at %s goes on there", async (step) => {
  const cloud = new FakeCloud();
  await cloud.stage();
  await cloud.shift({ images: {}, jobs: "run" }, {}, 100);
  cloud.calls.length = 0;
  const { machine: made, events } = await machine(cloud);
  expect(await run(made, asked({ step }))).toMatchObject({ result: "released" });
  expect(events[0]).toMatchObject({ step, state: "begin" });
});

test("alarms are watched until the bake time since the last move of traffic is over", async () => {
  const cloud = new FakeCloud();
  const { machine: made, clock } = await machine(cloud, { bake: 600_000 });
  const start = clock.time;
  await run(made, asked());
  expect(clock.time - start).toBe(600_000);
});

test("a way back runs no job", async () => {
  const cloud = new FakeCloud();
  const { machine: made } = await machine(cloud);
  await run(made, asked({ kind: "rollback" }));
  expect(cloud.calls.at(-1)).toBe(`settle {"api":{"digest":"${NEW}"}} skip`);
});

test("a release can be taken back at any step by hand", async () => {
  const cloud = new FakeCloud();
  const { machine: made } = await machine(cloud);
  const ended = await takeBack(made, asked({ step: "bake", percent: 100 }), "by hand");
  expect(ended).toMatchObject({ result: "restored", reason: "by hand" });
  expect(cloud.calls).toEqual(BACK);
});
