import { succeed, type Run } from "../../support/deployed";
import { note, timed } from "../support/figures";
import { Load, type Counted } from "../support/load";
import type { Config, LiveStack } from "../support/live-stack";

/** What changes with each release. */
export interface Releases {
  readonly host: string;
  readonly paths: readonly string[];
  /** Component whose version is released. */
  readonly service: string;
  /** Stack file entries for a version; the first one runs already. */
  readonly version: (tag: string) => Config;
  readonly first: string;
  readonly next: string;
  /** Versions that go wrong, and what the update then says. */
  readonly neverHealthy: string;
  readonly failingMigration: string;
  /** Other changes of the running version. */
  readonly edgeChange: Config;
  readonly rotation: Config;
}

/** Requests per second while something changes. */
const RATE = 240;

/** Releases while requests keep coming: none of them fails, whatever becomes of the release. */
export function releases(stack: LiveStack, plan: Releases): void {
  describe("releases under load", () => {
    const { host, paths, version } = plan;

    const under = async (
      name: string,
      work: () => Promise<Run>,
    ): Promise<{ run: Run; counted: Counted }> => {
      const load = await Load.start(stack, { host, paths, rate: RATE });
      const { result: run, seconds } = await timed(work);
      const counted = await load.stop();
      note(`release: ${name}`, { seconds, ...counted });
      return { run, counted };
    };

    const none = (counted: Counted): void => {
      expect(counted.failed).toEqual({});
      expect(counted.sent).toBeGreaterThan(1000);
    };

    test("a new version takes over without a failed request", async () => {
      const { run, counted } = await under("new version", () => stack.up(version(plan.next)));
      succeed(run);
      none(counted);
      expect(Object.keys(counted.versions).sort()).toEqual([plan.first, plan.next].sort());
    });

    test("a change of the edge loses no request", async () => {
      const change = { ...version(plan.next), ...plan.edgeChange };
      const { run, counted } = await under("edge", () => stack.up(change));
      expect(succeed(run).output).toMatch(/edge-routes/);
      none(counted);
    });

    test("a rotated secret loses no request", async () => {
      const change = { ...version(plan.next), ...plan.rotation };
      const { run, counted } = await under("rotation", () => stack.up(change));
      expect(succeed(run).output).toMatch(new RegExp(`${plan.service}-[0-9a-f]{8}-1 .*created`));
      none(counted);
    });

    test("a version that never becomes healthy leaves the old one serving", async () => {
      const change = { ...version(plan.neverHealthy), ...plan.rotation };
      const { run, counted } = await under("never healthy", () => stack.up(change));
      expect(run.status).not.toBe(0);
      expect(run.output).toContain("container is unhealthy");
      none(counted);
      expect(Object.keys(counted.versions)).toEqual([plan.next]);
    });

    test("a migration that fails leaves the old one serving", async () => {
      const change = { ...version(plan.failingMigration), ...plan.rotation };
      const { run, counted } = await under("failing migration", () => stack.up(change));
      expect(run.status).not.toBe(0);
      expect(run.output).toMatch(/migrate/);
      none(counted);
      expect(Object.keys(counted.versions)).toEqual([plan.next]);
    });

    test("the next good version goes out as usual, and then nothing is left to do", async () => {
      const change = { ...version(plan.first), ...plan.rotation };
      const { run, counted } = await under("after failures", () => stack.up(change));
      succeed(run);
      none(counted);
      const { output } = succeed(await stack.up(change));
      expect(output).not.toMatch(/\d+ (created|updated|replaced|deleted)/);
    });
  });
}
