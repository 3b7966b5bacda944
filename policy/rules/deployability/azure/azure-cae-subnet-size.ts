import { ofEach } from "../../../lib/deployability/each";
import { cidrOf, othersOn } from "../../../lib/deployability/azure/subnets";
import { ENVIRONMENT, SUBNET } from "../../../lib/deployability/azure/types";
import { hasProfiles } from "../../../lib/deployability/azure/workloads";
import { deployability } from "../../../lib/deployability/rule";
import { prefixLength } from "../../../lib/deployability/subnet";
import { target } from "../../../lib/deployability/target";
import { undecided, violation, type Report } from "../../../lib/rule";

const WITH_PROFILES = 27;
const WITHOUT = 23;

export const rule = deployability({
  id: "azure-cae-subnet-size",
  title: "The subnet of a Container Apps environment is large enough and its own",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "ManagedEnvironmentInvalidNetworkConfiguration: The environment network configuration is invalid: Provided subnet must have a size of at least /23.",
  },
  fix: "Give the environment a subnet of its own, of /27 or larger with workloadProfiles and of /23 or larger without.",
  source: "https://learn.microsoft.com/azure/container-apps/custom-virtual-networks",
  checkStack: ofEach([ENVIRONMENT], (environment, graph) => {
    const at = environment.at("vnetConfiguration.infrastructureSubnetId");
    const { resource: subnet, open } = target(graph, environment, at, SUBNET);
    if (subnet === undefined) return open;
    const reports: Report[] = [];
    const [other] = othersOn(graph, subnet, environment);
    if (other !== undefined)
      reports.push(violation(at, `subnet ${subnet.name} is used by ${other.name} too`));
    const cidr = cidrOf(subnet);
    if (cidr.unknown) return [...reports, undecided(cidr)];
    const length = prefixLength(cidr);
    if (length === undefined || length <= WITHOUT) return reports;
    const profiles = hasProfiles(environment);
    if (typeof profiles === "object" && length <= WITH_PROFILES)
      return [...reports, undecided(profiles)];
    const limit = profiles === false ? WITHOUT : WITH_PROFILES;
    if (length > limit)
      reports.push({
        ...violation(at, `subnet ${subnet.name} is a /${length}, smaller than /${limit}`),
        answer: `ManagedEnvironmentInvalidNetworkConfiguration: The environment network configuration is invalid: Provided subnet must have a size of at least /${limit}.`,
      });
    return reports;
  }),
});
