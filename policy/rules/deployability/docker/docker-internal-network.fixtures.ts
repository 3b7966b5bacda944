import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const network = (name: string, internal: unknown) =>
  resource("docker:index/network:Network", { internal }, name);
const container = (
  networks: unknown,
  props: object = { ports: [{ internal: 80, external: 80 }] },
) => resource("docker:index/container:Container", { networksAdvanced: networks, ...props });
const on = (...names: string[]) => names.map((name) => ({ name: { ref: `${name}.name` } }));

export const fixtures: Fixtures = {
  good: [
    passes(network("in", true), network("out", false), container(on("in", "out"))),
    passes(network("in", true), container(on("in"), {})),
    passes(container([{ name: "elsewhere" }])),
    passes(network("out", undefined), container(on("out"))),
  ],
  bad: [
    violates(network("in", true), container(on("in"))),
    violates(network("in", "true"), container(on("in"), { publishAllPorts: true })),
    violates(network("a", true), network("b", true), container(on("a", "b"))),
  ],
  missing: [passes(container(undefined))],
  unknown: [
    waits(network("in", unknown), container(on("in"))),
    waits(network("in", true), container([...on("in"), { name: unknown }])),
  ],
  wrongType: [passes(container("in"))],
};
