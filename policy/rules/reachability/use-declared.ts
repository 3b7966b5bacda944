import type { Graph } from "../../lib/graph/graph";
import { componentOf } from "../../lib/reachability/declared";
import { NODE_TYPES, reachabilityOf } from "../../lib/reachability/reachability";
import { cannotTell, violation, type Report, type Rule } from "../../lib/rule";
import type { Resource } from "../../lib/resource";

/** Only components say what they mean to use; a program without them declares by what it tells its workloads. */
function run(graph: Graph): (Report & { resource: Resource })[] {
  return reachabilityOf(graph).uses.flatMap(({ client, target, declared, origin }) => {
    const component = componentOf(graph, client.resource);
    const uses = component?.at("uses");
    if (declared || target.kind !== "store" || component === undefined || uses?.present !== true)
      return [];
    const { resource } = client;
    const what = `${component.name} says that it uses ${target.name}`;
    const report = uses.unknown
      ? cannotTell(resource.props, `whether ${what}`)
      : violation(
          resource.props,
          `${client.name} is told about ${target.name} (${origin}), and ${component.name} does not say that it uses it`,
        );
    return [{ ...report, resource }];
  });
}

const FIX =
  "Name the store under the workload's uses, or take its address and password out of the environment.";

export const rule: Rule = {
  id: "use-declared",
  title: "A workload is told about the stores it says it uses, and about no others",
  severity: "medium",
  category: "private-network",
  profile: "strict",
  why: "A store that is used without saying so is missing from every picture, and its network opens only by accident.",
  fix: { aws: FIX, azure: FIX, gcp: FIX, docker: FIX },
  controls: { nist: ["AC-4", "CM-8"], cis: ["12.2"] },
  checkStack: { types: NODE_TYPES, run },
};
