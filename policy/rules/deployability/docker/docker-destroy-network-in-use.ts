import { hostOf } from "../../../lib/deployability/docker/containers";
import { CONTAINER, NETWORK, VOLUME } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

/** Where a container names what it uses. */
const USES: readonly (readonly [path: string, type: string])[] = [
  ["networksAdvanced[].name", NETWORK],
  ["networkMode", NETWORK],
  ["volumes[].volumeName", VOLUME],
  ["mounts[].source", VOLUME],
];

export const rule = deployability({
  id: "docker-destroy-network-in-use",
  title: "Containers name networks and volumes of the plan by reference",
  fails: {
    when: "destroy",
    effect: "error",
    answer:
      "error while removing network: network has active endpoints, or volume is in use; on create: network not found.",
  },
  fix: "Pass network.name and volume.name instead of a text, so that the container is made after them and removed before.",
  source: "https://www.pulumi.com/registry/packages/docker/api-docs/network/",
  checkStack: ofEach([CONTAINER], (container, graph) =>
    USES.flatMap(([path, type]) =>
      valuesAt(container.props, path).flatMap((at) => check(graph, container, at, type)),
    ),
  ),
});

function check(graph: Graph, container: Resource, at: Value, type: string): Report[] {
  if (at.text === undefined || at.text === "") return [];
  const own = graph
    .ofType(type)
    .filter((one) => hostOf(one) === hostOf(container))
    .find((one) => at.text === (one.at("name").text ?? one.name));
  if (own === undefined || graph.closure(container).has(own)) return [];
  return [violation(at, `"${at.text}" is ${own.name} of the plan, and nothing ties them together`)];
}
