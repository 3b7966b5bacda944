import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import { builder, type BuildRequest, type Parity } from "../../components/builder";
import type {
  HttpsEdgeBuilder,
  HttpsEdgeLinks,
  HttpsEdgeOutputs,
  HttpsEdgeSpec,
} from "../../components/https-edge";
import type { EdgeAttachment, FrontAttachment, NetworkAttachment, Slot } from "./attachments";
import { certificateFor, publish } from "./edge-certificate";
import { resolveEdge, type ResolvedEdge } from "./edge-checks";
import { listeners } from "./edge-listeners";
import { accessLogs } from "./edge-logs";
import { ruleMatches } from "./edge-rules";
import { shifting } from "./edge-shift";
import { hostTargetFor, slotFor } from "./edge-slots";
import { firewall } from "./edge-waf";
import { FRONT_IMAGE, frontOf } from "./front";
import { mirror } from "./image-mirror";
import { scopeOf, type Scope } from "./scope";
import { securityGroup } from "./security-groups";

const describe: Parity<HttpsEdgeSpec> = {
  routes: "listener rules by host and path of an Application Load Balancer",
  backends: "a pair of target groups per rule, between which ECS shifts traffic",
  dns: "Route 53 records and an ACM certificate proven there; outside Route 53 an ARN is given",
  headers: "listener attributes for those ALB knows, a Caddy container in the task for the others",
  cors: "Caddy container in the task: ALB can only send one fixed origin",
  maxBodyBytes: "Caddy container in the task: WAF sees the first 8 KiB of a body only",
  idleTimeoutSeconds: "idle timeout of the load balancer",
  rateLimits: "rate-based WAF rules per client address, answered with 429",
  allowedNetworks: "security group of the load balancer",
  blockedPaths: "WAF rules on the decoded and normalised path, answered with 404",
  waf: "WAFv2 with AWS's managed groups, its log without what passed",
  accessLogDays: "S3 bucket for the access log, CloudWatch for the WAF's",
  exposure:
    "private: internal load balancer in the private subnets, for the stack's workloads and allowedNetworks",
  existingProxy: { unsupported: "it is for Docker hosts that have one already" },
  forwardedFor: "append: the load balancer; replace: Caddy container, a load balancer only appends",
  encryptedBackends:
    "Caddy container with a certificate it makes for itself; load balancers check none",
};

function build(request: BuildRequest<ResolvedEdge, HttpsEdgeLinks>): HttpsEdgeOutputs {
  const scope = scopeOf(request);
  const { spec, links, name, environment } = request;
  const network = attachmentOf<NetworkAttachment>(links.network.attachment, "aws");
  const isPrivate = spec.exposure === "private";
  const hosts = [...new Set(spec.routes.map(({ host }) => host))];
  const group = securityGroup(scope, network, "Edge");
  const open = openToClients(scope, group.id, spec);
  const logs = accessLogs(scope, spec.accessLogDays);
  const loadBalancer = new LoadBalancer(
    `${name}-alb`,
    {
      loadBalancerType: "application",
      internal: isPrivate,
      subnets: isPrivate ? network.privateSubnets : network.publicSubnets,
      securityGroups: [group.id],
      idleTimeout: spec.idleTimeoutSeconds,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      xffHeaderProcessingMode: "append",
      enableDeletionProtection: environment.protected,
      accessLogs: { enabled: true, bucket: logs.bucket },
      tags: scope.tags,
    },
    {
      ...scope.child,
      dependsOn: [...network.ready, ...logs.ready, ...open],
      // Another exposure is another load balancer, and a target group belongs to one.
      deleteBeforeReplace: true,
      protect: environment.protected,
    },
  );
  const certificateArn = certificateFor(scope, spec.dns, hosts);
  const listener = listeners(scope, spec, loadBalancer, certificateArn);
  firewall(scope, spec, loadBalancer.arn);
  publish(scope, spec.dns, hosts, loadBalancer);

  const fronts = frontsOf(scope, spec);
  const slots: Record<string, Slot[]> = {};
  const hostTargets: Record<string, TargetGroup[]> = {};
  const protocol = spec.encryptedBackends ? "HTTPS" : "HTTP";
  for (const match of ruleMatches(spec.routes)) {
    const backend = spec.backends[match.backend];
    if (!backend) throw new Error(`there is no backend "${match.backend}"`);
    const at = [scope, network, listener, match] as const;
    // On a host the front is behind the backend's own port.
    const port = (!backend.host && fronts[match.backend]?.port) || backend.port;
    const target = { backend, port, protocol } as const;
    if (backend.host) (hostTargets[match.backend] ??= []).push(hostTargetFor(...at, target));
    else (slots[match.backend] ??= []).push(slotFor(...at, target));
  }
  const shift = shifting(scope, Object.values(slots).flat());
  const attachment: EdgeAttachment = {
    ...{ cloud: "aws", group, slots, hostTargets, fronts, protocol },
    loadBalancerSuffix: loadBalancer.arnSuffix,
    certificateArn: pulumi.output(certificateArn),
    ...(shift ? { shift } : {}),
  };
  const target = loadBalancer.dnsName;
  const external = spec.dns.kind === "external";
  return {
    address: target,
    dnsRecords: target.apply((target) =>
      external ? Object.fromEntries(hosts.map((host) => [host, target])) : {},
    ),
    ...(isPrivate ? { endpoint: { name, port: 443, attachment } } : {}),
    attachment,
  };
}

/** One copy of the image serves all fronts. */
function frontsOf(scope: Scope, spec: ResolvedEdge): Record<string, FrontAttachment> {
  const fronts = Object.entries(spec.backends).flatMap(([name, backend]) => {
    const front = frontOf(spec, backend);
    return front ? [{ name, front }] : [];
  });
  if (fronts.length === 0) return {};
  const child = { ...scope, name: `${scope.name}-front` };
  const { reference: image, attachment: source } = mirror(child, FRONT_IMAGE, "front", 5);
  return Object.fromEntries(fronts.map(({ name, front }) => [name, { ...front, image, source }]));
}

/**
 * 443 for everybody or for the allowed networks, and 80, which only redirects. A private edge is
 * closed to all but these networks; the stack's workloads that use it open the way themselves.
 */
function openToClients(
  scope: Scope,
  securityGroupId: pulumi.Output<string>,
  { allowedNetworks: networks, exposure }: ResolvedEdge,
): pulumi.Resource[] {
  const everybody = exposure === "private" ? [] : ["0.0.0.0/0"];
  const sources = networks.length === 0 ? everybody : networks;
  return sources.flatMap((cidr) =>
    [443, 80].map((port) => {
      const source = cidr.includes(":") ? { cidrIpv6: cidr } : { cidrIpv4: cidr };
      return new SecurityGroupIngressRule(
        `${scope.name}-${port}-from-${cidr}`,
        {
          securityGroupId,
          ...source,
          description: port === 80 ? "To be redirected" : "Clients",
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          tags: scope.tags,
        },
        scope.child,
      );
    }),
  );
}

const edge = builder({ cloud: "aws", describe, resolve: resolveEdge, build });

/**
 * `build` makes everything: the services need its target groups and rules. The ways from the edge
 * to the services are opened by the services, which know both ends.
 */
export const httpsEdge: HttpsEdgeBuilder = { ...edge, connect: () => undefined };
