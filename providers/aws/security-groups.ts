import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type * as pulumi from "@pulumi/pulumi";
import type { NetworkAttachment } from "./attachments";
import type { Scope } from "./scope";

/**
 * A group per store, service, job and edge, without inline rules: those would delete the
 * standalone ones at every update. The provider removes AWS's own allow-all egress rule.
 */
export function securityGroup(
  scope: Scope,
  network: { readonly vpcId: pulumi.Input<string> },
  description: string,
): SecurityGroup {
  return new SecurityGroup(
    `${scope.name}-group`,
    { vpcId: network.vpcId, description, tags: scope.named("group") },
    scope.child,
  );
}

/** One end of a connection that is opened between two groups. */
export interface End {
  /** Name of the component, part of the rules' names. */
  readonly name: string;
  readonly group: SecurityGroup;
}

/**
 * Opens one TCP port from one group to another: egress of the client and ingress of the server, so
 * that neither side reaches more. Whoever knows both ends makes the pair.
 */
export function openWay(scope: Scope, client: End, server: End, port: number): pulumi.Resource[] {
  const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port, tags: scope.tags };
  const egress = new SecurityGroupEgressRule(
    `${client.name}-to-${server.name}`,
    {
      securityGroupId: client.group.id,
      referencedSecurityGroupId: server.group.id,
      description: `To ${server.name}`,
      ...tcp,
    },
    scope.child,
  );
  const ingress = new SecurityGroupIngressRule(
    `${server.name}-from-${client.name}`,
    {
      securityGroupId: server.group.id,
      referencedSecurityGroupId: client.group.id,
      description: `From ${client.name}`,
      ...tcp,
    },
    scope.child,
  );
  return [egress, ingress];
}

/**
 * What every task needs before its program starts: registry, log store and secret store over the
 * endpoints, and S3, where the registry keeps image layers. `https` adds the internet.
 */
export function openPlatform(
  scope: Scope,
  group: SecurityGroup,
  network: NetworkAttachment,
  internet: boolean,
): pulumi.Resource[] {
  const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443, tags: scope.tags };
  const to = (
    role: string,
    description: string,
    target: Partial<ConstructorParameters<typeof SecurityGroupEgressRule>[1]>,
  ): pulumi.Resource =>
    new SecurityGroupEgressRule(
      `${scope.name}-to-${role}`,
      { securityGroupId: group.id, description, ...https, ...target },
      scope.child,
    );
  return [
    to("aws", "To the endpoints of AWS services", {
      referencedSecurityGroupId: network.endpointGroup.id,
    }),
    to("s3", "To S3 for image layers", { prefixListId: network.s3PrefixList }),
    ...(internet ? [to("internet", "To the internet", { cidrIpv4: "0.0.0.0/0" })] : []),
  ];
}

/** Opens one TCP port of a network outside the stack. */
export function openNetwork(
  scope: Scope,
  group: SecurityGroup,
  { cidr, port }: { readonly cidr: string; readonly port: number },
): pulumi.Resource {
  return new SecurityGroupEgressRule(
    `${scope.name}-to-${cidr}-${port}`,
    {
      securityGroupId: group.id,
      description: `To ${cidr}`,
      ...(cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
      ...{ ipProtocol: "tcp", fromPort: port, toPort: port, tags: scope.tags },
    },
    scope.child,
  );
}
