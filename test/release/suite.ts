import { STEPS } from "../../release/record";
import type { Failure, Target } from "./failures";
import { ReleasedStack } from "./support";

/**
 * Everything that can go wrong with a release of one stack, one after the other, on a cloud: each
 * failure leaves the version before in service and says so by its exit code.
 */
export function describeReleases(target: Target, failures: readonly Failure[]): void {
  let stack: ReleasedStack;
  /** Every release has a version of its own. */
  let minor = 1;
  const next = (): string => `0.${++minor}.0`;
  const serves = (): Promise<string> => stack.serving(target.apiHost);
  const { dieShift } = target;

  beforeAll(() => (stack = ReleasedStack.deploy(target.example)));
  afterAll(() => stack.remove());
  beforeEach(() => stack.clear());
  // A test that failed half-way must not take the others with it.
  afterEach(() => {
    stack.clear();
    const last = stack.last();
    if (last && last.endedAt === undefined) stack.rollback();
  });

  test.each(failures)("$what", async ({ what, run, exit, says, step }) => {
    const before = await serves();
    const told = await run(stack, target, next());
    expect(told.output).toMatch(says);
    expect(told.status).toBe(exit);
    expect(await serves()).toBe(before);
    if (step === "none") return;
    const noticed = target.later?.[what] ?? step;
    expect(told.events.find(({ state }) => state === "failed")?.step).toBe(noticed);
    expect(stack.last()).toMatchObject({ result: "restored" });
  });

  test("a plan that the policies refuse changes nothing", async () => {
    const before = await serves();
    const told = stack.changed(target.unsafe, () => stack.release(next(), "--policy"));
    expect(told.output).toMatch(target.unsafe.rule);
    expect(told.status).toBe(1);
    expect(told.events.find(({ state }) => state === "failed")?.step).toBe("plan");
    expect(await serves()).toBe(before);
  });

  test.each(STEPS)("a release that is killed at %s is ended by the same command", async (step) => {
    const version = next();
    await stack.start(version, (event, child) => {
      if (event.step === step && event.state === "begin") ReleasedStack.kill(child);
    });
    expect(stack.last()).toMatchObject({ version, step });
    const told = stack.release(version);
    expect(told.output).toContain('"result":"released"');
    expect(told.status).toBe(0);
    expect(await serves()).toMatch(target.digest(stack, version));
  });

  test("a release that is killed in the middle of its update is ended by the same command", async () => {
    const version = next();
    stack.plant("faults.json", [{ kind: "hold", type: target.serviceType }]);
    await stack.start(version, (event, child) => {
      if (event.step !== "candidate" || event.state !== "begin") return;
      void stack.held(child).then((isHeld) => isHeld && ReleasedStack.kill(child));
    });
    expect(stack.last()).toMatchObject({ version, step: "candidate" });
    stack.clear();
    const told = stack.release(version);
    expect(told.output).toContain('"result":"released"');
    expect(told.status).toBe(0);
    expect(await serves()).toMatch(target.digest(stack, version));
  });

  if (dieShift) {
    test("a release that dies half-way and leaves its update alone is ended by the same command", async () => {
      const version = next();
      const died = await stack.start(version, ({ step, state }, child) => {
        if (step === "promote" && state === "begin") {
          ReleasedStack.between(child, () => dieShift(stack));
        }
      });
      expect(died.events.at(-1)).toMatchObject({ step: "promote", state: "begin" });
      stack.clear();
      const told = stack.release(version);
      expect(told.events[0]).toMatchObject({ step: "promote", state: "begin" });
      expect(told.status).toBe(0);
      expect(await serves()).toMatch(target.digest(stack, version));
    });
  }

  test("a release that is killed is taken back by hand", async () => {
    const before = await serves();
    await stack.start(next(), (event, child) => {
      if (event.step === "promote" && event.state === "done") ReleasedStack.kill(child);
    });
    expect(await serves()).not.toBe(before);
    const told = stack.rollback();
    expect(told.output).toContain('"result":"restored"');
    expect(told.status).toBe(0);
    expect(await serves()).toBe(before);
  });

  test("a way back that is killed is gone on with", async () => {
    const before = await serves();
    const version = next();
    stack.answers({ image: `*${target.digest(stack, version)}`, path: "/health", status: 500 });
    await stack.start(version, (event, child) => {
      if (event.step === "restore" && event.state === "begin") ReleasedStack.kill(child);
    });
    const told = stack.release(version);
    expect(told.output).toContain('"result":"restored"');
    expect(told.status).toBe(1);
    expect(await serves()).toBe(before);
  });

  test("a second release at the same time is refused and names the first", async () => {
    let second = { status: null as number | null, output: "" };
    const version = next();
    const first = await stack.start(version, (event, child) => {
      if (event.step !== "smoke" || event.state !== "begin") return;
      ReleasedStack.between(child, () => (second = stack.release(next())));
    });
    expect(second.output).toMatch(/r\d+ \(.*\) has not ended|r\d+ is under way \(process \d+/);
    expect(second.status).toBe(2);
    expect(first.status).toBe(0);
    expect(await serves()).toMatch(target.digest(stack, version));
  });

  test("traffic moves in steps, or they are refused before anything is begun", async () => {
    const before = await serves();
    const told = stack.release(next(), "--steps", "10,50,100");
    if (target.atOnce) {
      expect(told.output).toMatch(target.atOnce);
      expect(told.status).toBe(2);
      expect(await serves()).toBe(before);
      return;
    }
    expect(told.status).toBe(0);
    const notes = told.events.flatMap(({ step, message }) => (step === "promote" ? message : []));
    expect(notes.filter((each) => each?.includes("%"))).toEqual([
      ...["10 % of the traffic", "50 % of the traffic", "100 % of the traffic"],
    ]);
  });

  test("a rollback goes to the release before, by digest, and runs no job", async () => {
    const version = next();
    expect(stack.release(version).status).toBe(0);
    const before = stack.last()?.before.api?.revisions.find(({ percent }) => percent > 0);
    stack.plant(target.jobExits, { "*migrate*": 1 });
    const told = stack.rollback();
    expect(told.output).toContain('"result":"released"');
    expect(told.status).toBe(0);
    expect(await serves()).toContain(before?.digest);
  });

  test("no way leads back over a migration that cannot be undone", async () => {
    const version = next();
    expect(stack.release(version, "--irreversible", "drops a column").status).toBe(0);
    const serving = await serves();
    const told = stack.rollback();
    expect(told.status).toBe(2);
    expect(told.output).toMatch(`(${version}) cannot be undone: drops a column`);
    expect(await serves()).toBe(serving);
  });

  test("nothing of the releases is left over for a plain update", () => {
    const told = stack.preview("--expect-no-changes");
    expect(told.output).toMatch(/\d+ unchanged/);
    expect(told.status).toBe(0);
    expect(target.orphans?.(stack) ?? []).toEqual([]);
  });
}
