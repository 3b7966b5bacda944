import { DEFAULT_VPC, VPC, VPC_ENDPOINT } from "../../../lib/deployability/aws/types";
import { about, targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-vpce-private-dns",
  title: "An interface endpoint is found under the service's own name",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true.",
  },
  fix: "Set privateDnsEnabled true on the endpoint, and enableDnsHostnames (off by default) and enableDnsSupport on its VPC.",
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
  checkStack: {
    types: [VPC_ENDPOINT],
    run: (graph) =>
      graph
        .ofType(VPC_ENDPOINT)
        .flatMap((endpoint) => about(endpoint, checkEndpoint(graph, endpoint))),
  },
});

function checkEndpoint(graph: Graph, endpoint: Resource): Report[] {
  const kind = endpoint.at("vpcEndpointType");
  const names = endpoint.at("privateDnsEnabled");
  if (kind.unknown) return [undecided(kind)];
  if (!kind.isWord("Interface")) return [];
  if (names.unknown) return [undecided(names)];
  if (names.boolean !== true) {
    // Of S3 and DynamoDB there are gateways beside the interface; services of others have no name of AWS's.
    const service = endpoint.at("serviceName").text ?? "";
    if (
      !/^(com\.amazonaws|cn\.com\.amazonaws|aws)\./.test(service) ||
      /\.(s3|dynamodb|vpce)\b|vpce-svc/.test(service)
    )
      return [];
    return [
      {
        ...violation(names, `names of ${service} still lead to its public address`),
        answer:
          "The SDK resolves the public address, which a private subnet cannot reach, and calls time out.",
      },
    ];
  }
  const { found, open } = targets(graph, endpoint, [endpoint.at("vpcId")], VPC, DEFAULT_VPC);
  return [...found.flatMap(({ resource: vpc, at }) => checkVpc(vpc, at.path)), ...open];
}

function checkVpc(vpc: Resource, path: string): Report[] {
  const hostnames = vpc.at("enableDnsHostnames");
  const support = vpc.at("enableDnsSupport");
  const byDefault = vpc.type === DEFAULT_VPC;
  const off = [
    ...(hostnames.boolean === true || hostnames.unknown || (byDefault && hostnames.absent)
      ? []
      : [hostnames]),
    ...(support.boolean === false ? [support] : []),
  ];
  if (off[0] !== undefined)
    return [
      {
        ...violation(
          off[0],
          `${off.map((value) => value.path).join(" and ")} of ${vpc.name} is off`,
        ),
        path,
      },
    ];
  return [hostnames, support]
    .filter(({ unknown }) => unknown)
    .map((value) => ({ ...undecided(value), path }));
}
