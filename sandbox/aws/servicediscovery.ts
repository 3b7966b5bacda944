import type { TypeTable } from "../lib/table";

const NAMESPACE = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";

export const types: Record<string, TypeTable> = {
  [NAMESPACE]: {
    id: "ns-{hex:16}",
    name: { property: "name", manual: true, shared: true },
    outputs: {
      arn: "arn:{partition}:servicediscovery:{region}:{account}:namespace/{id}",
      hostedZone: "Z{letters:20}",
    },
    references: { vpc: "aws:ec2/vpc:Vpc" },
    replaceOn: ["vpc"],
    missing: "api error NamespaceNotFound: The namespace '{value}' does not exist",
    inUse: "api error ResourceInUse: Namespace {id} has associated services",
    seconds: 40,
  },
  "aws:servicediscovery/service:Service": {
    id: "srv-{hex:16}",
    name: { property: "name", within: ["namespaceId"] },
    outputs: { arn: "arn:{partition}:servicediscovery:{region}:{account}:service/{id}" },
    references: { namespaceId: NAMESPACE, "dnsConfig.namespaceId": NAMESPACE },
    replaceOn: [
      "namespaceId",
      "dnsConfig.namespaceId",
      "dnsConfig.routingPolicy",
      "type",
      "healthCheckCustomConfig",
    ],
    exists: "api error ServiceAlreadyExists: a service named {name} exists in the namespace",
    missing: "api error ServiceNotFound: The service '{value}' does not exist",
  },
};
