import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { Listener } from "@pulumi/aws/lb/listener";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type * as pulumi from "@pulumi/pulumi";
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
import { splitHeaders } from "./edge-headers";
import { accessLogs } from "./edge-logs";
import { ruleMatches } from "./edge-rules";
import { slotArns, slotFor } from "./edge-slots";
import { firewall } from "./edge-waf";
import { FRONT_IMAGE, frontOf } from "./front";
import { allow, trust } from "./identity";
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
  exposure: { unsupported: "it is not offered on this target yet" },
  existingProxy: { unsupported: "it is for Docker hosts that have one already" },
  forwardedFor: { unsupported: "it is not offered on this target yet" },
  encryptedBackends: { unsupported: "it is not offered on this target yet" },
};

function build(request: BuildRequest<ResolvedEdge, HttpsEdgeLinks>): HttpsEdgeOutputs {
  const scope = scopeOf(request);
  const { spec, links, name, environment } = request;
  const network = attachmentOf<NetworkAttachment>(links.network.attachment, "aws");
  const hosts = [...new Set(spec.routes.map(({ host }) => host))];
  const group = securityGroup(scope, network, "Edge");
  const open = openToClients(scope, group.id, spec.allowedNetworks);
  const logs = accessLogs(scope, spec.accessLogDays);
  const loadBalancer = new LoadBalancer(
    `${name}-alb`,
    {
      loadBalancerType: "application",
      internal: false,
      subnets: network.publicSubnets,
      securityGroups: [group.id],
      idleTimeout: spec.idleTimeoutSeconds,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      xffHeaderProcessingMode: "append",
      enableDeletionProtection: environment.protected,
      accessLogs: { enabled: true, bucket: logs.bucket },
      tags: scope.tags,
    },
    { ...scope.child, dependsOn: [...network.ready, ...logs.ready, ...open] },
  );
  const listener = listeners(scope, spec, loadBalancer, certificateFor(scope, spec.dns, hosts));
  firewall(scope, spec, loadBalancer.arn);
  publish(scope, spec.dns, hosts, loadBalancer);

  const fronts = frontsOf(scope, spec);
  const slots: Record<string, Slot[]> = {};
  for (const match of ruleMatches(spec.routes)) {
    const backend = spec.backends[match.backend];
    if (!backend) throw new Error(`there is no backend "${match.backend}"`);
    const port = fronts[match.backend]?.port ?? backend.port;
    (slots[match.backend] ??= []).push(slotFor(scope, network, listener, match, backend, port));
  }
  const attachment: EdgeAttachment = {
    cloud: "aws",
    group,
    loadBalancerSuffix: loadBalancer.arnSuffix,
    slots,
    fronts,
    ...shifting(scope, Object.values(slots).flat()),
  };
  const target = loadBalancer.dnsName;
  const external = spec.dns.kind === "external";
  return {
    address: target,
    dnsRecords: target.apply((target) =>
      external ? Object.fromEntries(hosts.map((host) => [host, target])) : {},
    ),
    attachment,
  };
}

/** One copy of the image serves all fronts. */
function frontsOf(scope: Scope, spec: ResolvedEdge): Record<string, FrontAttachment> {
  const fronts = Object.entries(spec.backends).flatMap(([name, { port }]) => {
    const front = frontOf(spec, port);
    return front ? [{ name, front }] : [];
  });
  if (fronts.length === 0) return {};
  const child = { ...scope, name: `${scope.name}-front` };
  const { reference: image, attachment: source } = mirror(child, FRONT_IMAGE, "front", 5);
  return Object.fromEntries(fronts.map(({ name, front }) => [name, { ...front, image, source }]));
}

/** 443 for everybody or for the allowed networks, and 80, which only redirects. */
function openToClients(
  scope: Scope,
  securityGroupId: pulumi.Output<string>,
  networks: readonly string[],
): pulumi.Resource[] {
  const sources = networks.length === 0 ? ["0.0.0.0/0"] : networks;
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

function listeners(
  scope: Scope,
  spec: ResolvedEdge,
  { arn: loadBalancerArn }: LoadBalancer,
  certificateArn: pulumi.Input<string>,
): Listener {
  new Listener(
    `${scope.name}-http`,
    {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultActions: [
        {
          type: "redirect",
          redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
        },
      ],
      tags: scope.tags,
    },
    scope.child,
  );
  return new Listener(
    `${scope.name}-https`,
    {
      loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      // TLS 1.3, and 1.2 with forward secrecy.
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      certificateArn,
      ...splitHeaders(spec.headers).listener,
      routingHttpResponseServerEnabled: false,
      // A host or path that no route names does not exist.
      defaultActions: [
        {
          type: "fixed-response",
          fixedResponse: { contentType: "text/plain", statusCode: "404", messageBody: "Not found" },
        },
      ],
      tags: scope.tags,
    },
    scope.child,
  );
}

/** What ECS may do at this load balancer, and nowhere else: register tasks, move weights. */
function shifting(
  scope: Scope,
  slots: readonly Slot[],
): Pick<EdgeAttachment, "shiftRole" | "shiftReady"> {
  const { groups, rules } = slotArns(slots);
  const role = new Role(
    `${scope.name}-shift`,
    { assumeRolePolicy: trust(scope, "ecs.amazonaws.com"), tags: scope.tags },
    scope.child,
  );
  const shiftReady = new RolePolicy(
    `${scope.name}-shift`,
    {
      role: role.name,
      policy: allow([
        {
          // Reading knows no resource in Elastic Load Balancing.
          actions: [
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
          ],
          resources: ["*"],
        },
        {
          actions: [
            "elasticloadbalancing:RegisterTargets",
            "elasticloadbalancing:DeregisterTargets",
          ],
          resources: groups,
        },
        { actions: ["elasticloadbalancing:ModifyRule"], resources: rules },
      ]),
    },
    scope.child,
  );
  return { shiftRole: role.arn, shiftReady };
}

const edge = builder({ cloud: "aws", describe, resolve: resolveEdge, build });

/**
 * `build` makes everything: the services need its target groups and rules. The ways from the edge
 * to the services are opened by the services, which know both ends.
 */
export const httpsEdge: HttpsEdgeBuilder = { ...edge, connect: () => undefined };
