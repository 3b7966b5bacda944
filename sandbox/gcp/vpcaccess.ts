import { rule as connectorShape } from "../../policy/rules/deployability/gcp/gcp-vpc-connector-shape";
import type { TypeTable } from "../lib/table";
import { NETWORK, SUBNETWORK } from "./shared";

export const types: Record<string, TypeTable> = {
  "gcp:vpcaccess/connector:Connector": {
    name: { property: "name", max: 25 },
    id: "projects/{project}/locations/{region}/connectors/{name}",
    replaceOn: ["ipCidrRange", "network", "subnet", "region", "maxThroughput", "minThroughput"],
    references: { network: NETWORK, "subnet.name": SUBNETWORK },
    outputs: { state: "READY", selfLink: "{id}", connectedProjects: () => [] },
    rules: [connectorShape],
    missing: "googleapi: Error 404: VPC Access connector {value} was not found",
  },
};
