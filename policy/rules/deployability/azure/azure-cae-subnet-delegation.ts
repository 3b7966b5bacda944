import { ofEach } from "../../../lib/deployability/each";
import { delegationsOf } from "../../../lib/deployability/azure/subnets";
import { ENVIRONMENT, SUBNET } from "../../../lib/deployability/azure/types";
import { hasProfiles } from "../../../lib/deployability/azure/workloads";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import { undecided, violation } from "../../../lib/rule";
import { Value } from "../../../lib/value/value";

const SERVICE = "Microsoft.App/environments";

export const rule = deployability({
  id: "azure-cae-subnet-delegation",
  title:
    "The subnet of an environment is delegated exactly if the environment has workload profiles",
  fails: {
    when: "create",
    effect: "error",
    answer: `ManagedEnvironmentSubnetDelegationError: The subnet of the environment must be delegated to the service '${SERVICE}'.`,
  },
  fix: `Delegate the subnet to ${SERVICE} and give the environment workloadProfiles, or do neither of both.`,
  source: "https://learn.microsoft.com/azure/container-apps/custom-virtual-networks",
  checkStack: ofEach([ENVIRONMENT], (environment, graph) => {
    const at = environment.at("vnetConfiguration.infrastructureSubnetId");
    const { resource: subnet, open } = target(graph, environment, at, SUBNET);
    if (subnet === undefined) return open;
    const profiles = hasProfiles(environment);
    const services = delegationsOf(subnet);
    if (services instanceof Value) return [undecided(services)];
    if (typeof profiles === "object") return [undecided(profiles)];
    if (profiles) {
      return services.includes(SERVICE.toLowerCase())
        ? []
        : [violation(at, `subnet ${subnet.name} is not delegated to ${SERVICE}`)];
    }
    if (services.length === 0) return [];
    return [
      {
        ...violation(
          at,
          `subnet ${subnet.name} is delegated, but the environment has no workload profiles`,
        ),
        answer:
          "ManagedEnvironmentSubnetIsDelegated: The subnet cannot be used as it is a delegated subnet.",
      },
    ];
  }),
});
