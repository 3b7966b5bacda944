import { which } from "../../../scripts/toolchain/path.js";
import type { Claim } from "../support/acceptance";
import { insideJson } from "../support/helper";
import { besideEngine } from "../support/when";
import type { LiveStack } from "../support/live-stack";
import { openOuterWorld } from "../support/outer-world";

/** Where something listens: the component, and its port. */
export type Listener = readonly [component: string, port: number];

const CONNECT = `
import net from "node:net";
const open = await Promise.all(JSON.parse(process.env.TARGETS).map(([name, host, port]) =>
  new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 3000 });
    const end = (answer) => { socket.destroy(); resolve(answer); };
    socket.on("connect", () => end([name])).on("error", () => end([])).on("timeout", () => end([]));
  })));
console.log(JSON.stringify([...new Set(open.flat())].sort()));`;

type Target = readonly [name: string, host: string, port: number];

/** Names of the targets that answer in the network of a container. */
const openFrom = (container: string, targets: readonly Target[]): Promise<string[]> =>
  insideJson<string[]>(CONNECT, {
    network: container,
    env: { TARGETS: JSON.stringify(targets) },
  });

/** Refusals take their time, and more helpers at once would make each other late. */
const AT_A_TIME = 4;

async function someAtATime<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let done = 0; done < all.length; done += AT_A_TIME) {
    await Promise.all(all.slice(done, done + AT_A_TIME).map(work));
  }
}

/**
 * Tries every listener from the network of every running container, by each of its addresses, so
 * that an unknown name is not what keeps somebody out. `allowed` is what the description asks for;
 * `sharing` comes with it, since a bridge has no direction: who shares a network with a client may
 * turn to that client, too.
 */
export function reach(
  stack: LiveStack,
  listeners: readonly Listener[],
  allowed: Readonly<Record<string, readonly string[]>>,
  sharing: Readonly<Record<string, readonly string[]>>,
  outward: readonly string[],
): Claim {
  describe("networks", () => {
    const component = (name: string): string => stack.componentOf(name);

    test("let exactly those connect that are meant to", async () => {
      const running = await stack.running();
      const targets = running.flatMap(({ Name, NetworkSettings }) =>
        listeners
          .filter(([name]) => name === component(Name))
          .flatMap(([name, port]) =>
            Object.values(NetworkSettings.Networks).map(({ IPAddress }): Target => {
              return [`${name}:${port}`, IPAddress, port];
            }),
          ),
      );
      expect(new Set(targets.map(([name]) => name)).size).toBe(listeners.length);
      const seen: Record<string, string[]> = {};
      await someAtATime(running, async ({ Id, Name }) => {
        const own = component(Name);
        const others = targets.filter(([name]) => !name.startsWith(`${own}:`));
        const open = await openFrom(Id, others);
        if (open.length > 0) seen[own] = open;
      });
      const names = [...new Set([...Object.keys(allowed), ...Object.keys(sharing)])];
      expect(seen).toEqual(
        Object.fromEntries(
          names.map((name) => [name, [...(allowed[name] ?? []), ...(sharing[name] ?? [])].sort()]),
        ),
      );
    });

    const withNetworks = which("ip", process.env) ? besideEngine : test.skip;

    withNetworks("have no way out where none is asked for", async () => {
      const world = await openOuterWorld();
      const ways: string[] = [];
      try {
        await someAtATime(await stack.running(), async ({ Id, Name }) => {
          const open = await openFrom(Id, [["out", world.host, world.port]]);
          if (open.length > 0) ways.push(component(Name));
        });
      } finally {
        world.close();
      }
      expect(ways.sort()).toEqual([...outward].sort());
    });
  });
  return "networks";
}
