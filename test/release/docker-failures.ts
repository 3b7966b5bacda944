import { CONTAINER } from "./docker-target";
import { passing, planted, plantedAt, type Failure, type Target } from "./failures";
import type { ReleasedStack } from "./support";

const FULL =
  "Unable to create container: Error response from daemon: no space left on device, where both colours need some";
const SILENT = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock";

/** The candidate's containers die, and die again whenever the engine starts them. */
const die = (stack: ReleasedStack, target: Target, version: string): void =>
  stack.plant("unhealthy.json", { [`*${target.digest(stack, version)}`]: "it has died" });

/** What can go wrong on a host alone. */
export const hostFailures: readonly Failure[] = [
  {
    what: "a host without room for a second colour",
    ...{ exit: 1, step: "candidate", says: /no space left on device/ },
    // It stays full: the way back makes no container of the service.
    run: planted((stack) =>
      stack.plant("faults.json", [
        { kind: "internal", says: FULL, on: "create", type: CONTAINER, name: "api-*", times: 0 },
      ]),
    ),
  },
  {
    what: "a candidate that dies as soon as it is up",
    ...{ exit: 1, step: "smoke", says: /is not running; see docker logs/ },
    run: plantedAt("smoke", "begin", die),
  },
  {
    what: "a candidate that dies before the edge is told",
    ...{ exit: 1, step: "promote", says: /routes ended with exit code 1/ },
    run: plantedAt("promote", "begin", die),
  },
  {
    what: "an engine that stops answering while the routes move",
    ...{ exit: 1, step: "promote", says: /Cannot connect to the Docker daemon/ },
    run: passing((stack) => {
      const everything = { on: "create", type: CONTAINER, times: 0 };
      stack.plant("faults.json", [{ kind: "internal", says: SILENT, ...everything }]);
      stack.plant("stand-ins.json", [{ command: "*", refuse: SILENT, times: 0 }]);
    }, "promote"),
  },
];
