import type { Failure, TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { NETWORK, SUBNETWORK } from "./shared";

export const types: Record<string, TypeTable> = {
  "gcp:vpcaccess/connector:Connector": {
    name: { property: "name", max: 25 },
    id: "projects/{project}/locations/{region}/connectors/{name}",
    replaceOn: ["ipCidrRange", "network", "subnet", "region", "maxThroughput", "minThroughput"],
    references: { network: NETWORK, "subnet.name": SUBNETWORK },
    outputs: { state: "READY", selfLink: "{id}", connectedProjects: () => [] },
    validate: connectorFailures,
    missing: "googleapi: Error 404: VPC Access connector {value} was not found",
  },
};

function connectorFailures({
  ipCidrRange,
  subnet,
  minInstances,
  minThroughput,
}: Plain): readonly Failure[] {
  const failures: Failure[] = [];
  if ((ipCidrRange === undefined) === (subnet === undefined)) {
    failures.push({
      property: "ipCidrRange",
      reason: "exactly one of ipCidrRange and subnet must be set",
    });
  }
  if (typeof ipCidrRange === "string" && !ipCidrRange.endsWith("/28")) {
    failures.push({
      property: "ipCidrRange",
      reason: `Invalid IPv4 CIDR range: ${ipCidrRange} must be /28`,
    });
  }
  if ((minInstances === undefined) === (minThroughput === undefined)) {
    failures.push({
      property: "minInstances",
      reason: "must specify either instances or throughput",
    });
  }
  return failures;
}
