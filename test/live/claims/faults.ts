import { setTimeout as pause } from "node:timers/promises";
import { launch, ownProcess, stopEngine } from "../../../scripts/live/engine";
import { succeed } from "../../support/deployed";
import type { Client } from "../support/client";
import { note, timed } from "../support/figures";
import { docker } from "../support/host";
import { besideEngine } from "../support/when";
import type { Config, LiveStack } from "../support/live-stack";

export interface FaultFacts {
  /** Components whose first process is killed. */
  readonly components: readonly string[];
  /** Whether the system answers as it should, cache and database included. */
  readonly well: (client: Client) => Promise<boolean>;
  /** What differs in the update that is killed. */
  readonly release: Config;
}

const LOOK_MS = 100;
const PATIENCE_MS = 180_000;

/** Looks until the system is well. */
export async function untilWell(isWell: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isWell())) {
    if (Date.now() > deadline) throw new Error("the system has not come back in three minutes");
    await pause(LOOK_MS);
  }
}

/** Faults of a host. Who is on another machine than the engine cannot kill its processes. */
export function faults(stack: LiveStack, client: Client, facts: FaultFacts): void {
  const isWell = (): Promise<boolean> => facts.well(client).catch(() => false);
  /** Seconds from the fault until everything is well; the longest silence in between. */
  const recovery = async (name: string, strike: () => Promise<void>): Promise<void> => {
    await untilWell(isWell);
    const began = performance.now();
    await strike();
    let last = performance.now();
    // What is killed may be back before we look: well means well for two seconds.
    const deadline = Date.now() + PATIENCE_MS;
    for (let since = 0; since < 2000;) {
      if (Date.now() > deadline) throw new Error("the system has not come back in three minutes");
      await pause(LOOK_MS);
      if (await isWell()) since += LOOK_MS;
      else {
        since = 0;
        last = performance.now();
      }
    }
    note(`fault: ${name}`, { seconds: (last - began) / 1000 });
  };

  describe("faults", () => {
    besideEngine.each(facts.components)("%s comes back after kill -9", async (component) => {
      const before = await stack.container(component);
      await recovery(`kill -9 of ${component}`, async () => {
        process.kill(before.State.Pid, "SIGKILL");
      });
      const after = await stack.container(component);
      expect(after.Id).toBe(before.Id);
      expect(after.State.StartedAt).not.toBe(before.State.StartedAt);
    });

    test("a stopped container is started by a refresh and the next update", async () => {
      const { Id } = await stack.container("cache");
      await docker().getContainer(Id).stop();
      expect(await isWell()).toBe(false);
      succeed(await stack.run("refresh --yes --skip-preview"));
      const { output } = succeed(await stack.up());
      expect(output).toMatch(/cache-server.*updated/);
      await untilWell(isWell);
    });

    const ownEngine = ownProcess() === undefined ? test.skip : besideEngine;

    ownEngine("everything comes back after a restart of the engine", async () => {
      await recovery("restart of the engine", async () => {
        await stopEngine();
        await launch();
      });
    });

    ownEngine("everything comes back after kill -9 of the engine", async () => {
      await recovery("kill -9 of the engine", async () => {
        process.kill(ownProcess() ?? 0, "SIGKILL");
        await launch();
      });
    });

    test("an update that is killed in the middle is recovered and completed", async () => {
      // Engine and provider are killed when the third container exists and nobody was told of it.
      const kill = { kind: "kill", on: "create", type: "docker:index/container:Container" };
      const plan = JSON.stringify([{ ...kill, after: true, nth: 3 }]);
      const env = { SANDBOX_FAULTS: plan };
      const killed = await stack.run("up --yes --skip-preview", facts.release, env);
      expect(killed.status).not.toBe(0);
      expect(await isWell()).toBe(true);
      const { seconds } = await timed(async () => {
        const { output } = succeed(await stack.run("recover", facts.release));
        expect(output).toMatch(/removed from the host: .* was half made/);
        succeed(await stack.up(facts.release));
      });
      note("fault: kill -9 of the CLI and the plugin in an update, recovered and completed", {
        seconds,
      });
      expect(succeed(await stack.up(facts.release)).output).not.toMatch(
        /\d+ (created|updated|replaced|deleted)/,
      );
      await untilWell(isWell);
    });
  });
}
