import { rule as accessLogsBucket } from "../../policy/rules/deployability/aws/aws-alb-access-logs-bucket";
import { rule as twoZones } from "../../policy/rules/deployability/aws/aws-alb-two-azs";
import { rule as listenerCertificate } from "../../policy/rules/deployability/aws/aws-https-listener-certificate";
import { rule as names } from "../../policy/rules/deployability/aws/aws-lb-tg-name";
import { CloudError } from "../lib/table";
import type { Draft, Failure, NameRule, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { refuseListener, refuseLoadBalancer, refuseRule } from "./lb-checks";
import {
  LISTENER,
  LISTENER_RULE,
  LOAD_BALANCER,
  SECURITY_GROUP,
  SUBNET,
  TARGET_GROUP,
  VPC,
} from "./refs";

const ARN = "arn:{partition}:elasticloadbalancing:{region}:{account}";
const NAME: NameRule = { property: "name", prefixProperty: "namePrefix", max: 32 };

/** Everything after `loadbalancer/`, or the whole resource part: how CloudWatch's dimensions name it. */
const suffix =
  (cut: RegExp) =>
  ({ id }: Draft) =>
    id.split(":")[5]?.replace(cut, "") ?? "";

/** Hosted zones of Application Load Balancers; other regions get a random one. */
const ZONES: Readonly<Record<string, string>> = {
  "eu-central-1": "Z215JYRZR1TBD5",
  "eu-west-1": "Z32O12XQLNTSW2",
  "us-east-1": "Z35SXDOTRQ7X7K",
};

const FORWARDS = (property: string): Record<string, string> => ({
  [`${property}[*].targetGroupArn`]: TARGET_GROUP,
  [`${property}[*].forward.targetGroups[*].arn`]: TARGET_GROUP,
});

export const types: Record<string, TypeTable> = {
  [LOAD_BALANCER]: {
    name: NAME,
    id: ({ name, place, inputs, hex }) =>
      `arn:${place.partition}:elasticloadbalancing:${place.region}:${place.account}:loadbalancer/` +
      `${kind(inputs)}/${name}/${hex(16)}`,
    defaults: {
      loadBalancerType: "application",
      enableDeletionProtection: false,
      idleTimeout: 60,
      enableHttp2: true,
      dropInvalidHeaderFields: false,
      desyncMitigationMode: "defensive",
      preserveHostHeader: false,
      xffHeaderProcessingMode: "append",
    },
    outputs: {
      arn: "{id}",
      arnSuffix: suffix(/^loadbalancer\//),
      internal: false,
      ipAddressType: "ipv4",
      dnsName: ({ name, place, inputs, digits }: Draft) =>
        `${inputs.internal === true ? "internal-" : ""}${name}-${digits(10)}.${place.region}.elb.amazonaws.com`,
      zoneId: ({ place, letters }: Draft) => ZONES[place.region ?? ""] ?? `Z${letters(13)}`,
      vpcId: ({ inputs, cloud }: Draft) =>
        cloud.find(SUBNET, inputs.subnets?.[0] ?? "")?.outputs.vpcId ?? "",
    },
    replaceOn: ["internal", "loadBalancerType", "customerOwnedIpv4Pool"],
    sets: ["subnets", "securityGroups"],
    references: {
      "subnets[*]": SUBNET,
      "securityGroups[*]": SECURITY_GROUP,
      "accessLogs.bucket": "aws:s3/bucket:Bucket",
    },
    rules: [names, twoZones, accessLogsBucket],
    create: refuseLoadBalancer,
    protection: ({ id, outputs }) =>
      outputs.enableDeletionProtection === true
        ? `OperationNotPermitted: Load balancer '${id}' cannot be deleted because deletion protection is enabled`
        : undefined,
    exists: "DuplicateLoadBalancerName: A load balancer with the same name '{name}' exists",
    missing: "LoadBalancerNotFound: Load balancers '[{value}]' not found",
    seconds: 150,
  },
  [TARGET_GROUP]: {
    name: NAME,
    id: `${ARN}:targetgroup/{name}/{hex:16}`,
    defaults: {
      targetType: "instance",
      deregistrationDelay: 300,
      slowStart: 0,
      lambdaMultiValueHeadersEnabled: false,
      proxyProtocolV2: false,
    },
    outputs: {
      arn: "{id}",
      arnSuffix: suffix(/^$/),
      protocolVersion: "HTTP1",
      ipAddressType: "ipv4",
      loadBalancingAlgorithmType: "round_robin",
      loadBalancerArns: () => [],
    },
    replaceOn: ["port", "protocol", "protocolVersion", "targetType", "vpcId", "ipAddressType"],
    references: { vpcId: VPC },
    rules: [names],
    validate: badHealthCheck,
    exists:
      "DuplicateTargetGroupName: A target group with the same name '{name}' exists, but with different settings",
    missing: "TargetGroupNotFound: Target groups '[{value}]' not found",
    inUse: "ResourceInUse: Target group '{id}' is currently in use by a listener or a rule",
  },
  [LISTENER]: {
    id: ({ inputs, hex }) =>
      `${String(inputs.loadBalancerArn).replace(":loadbalancer/", ":listener/")}/${hex(16)}`,
    outputs: {
      arn: "{id}",
      port: 80,
      protocol: "HTTP",
      sslPolicy: ({ inputs }: Draft) =>
        inputs.protocol === "HTTPS" ? "ELBSecurityPolicy-2016-08" : "",
    },
    replaceOn: ["loadBalancerArn"],
    references: {
      loadBalancerArn: LOAD_BALANCER,
      ...FORWARDS("defaultActions"),
    },
    // Deleting a load balancer takes its listeners with it.
    loose: ["loadBalancerArn"],
    rules: [listenerCertificate],
    create: refuseListener,
    update: refuseListener,
    missing: "ListenerNotFound: One or more listeners not found: {value}",
  },
  [LISTENER_RULE]: {
    id: ({ inputs, hex }) =>
      `${String(inputs.listenerArn).replace(":listener/", ":listener-rule/")}/${hex(16)}`,
    outputs: { arn: "{id}", priority: nextPriority },
    replaceOn: ["listenerArn"],
    sets: ["conditions", "conditions[*].hostHeader.values", "conditions[*].pathPattern.values"],
    references: { listenerArn: LISTENER, ...FORWARDS("actions") },
    loose: ["listenerArn"],
    validate: ({ conditions }) => badConditions(conditions),
    create: refuseRule,
    update: refuseRule,
    missing: "RuleNotFound: One or more rules not found: {value}",
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    id: "{in.listenerArn}_{in.certificateArn}",
    replaceOn: ["listenerArn", "certificateArn"],
    references: { listenerArn: LISTENER },
    loose: ["listenerArn"],
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    id: "{in.targetGroupArn}-{hex:26}",
    replaceOn: ["targetGroupArn", "targetId", "port", "availabilityZone", "quicServerId"],
    references: { targetGroupArn: TARGET_GROUP },
    loose: ["targetGroupArn"],
    create: refuseTarget,
  },
};

/** A group of instances takes instances of its network. */
function refuseTarget({ inputs, cloud }: Draft): undefined {
  const group = cloud.find(TARGET_GROUP, String(inputs.targetGroupArn));
  if (plain(group?.outputs.targetType) !== "instance") return undefined;
  const { targetId } = inputs;
  if (cloud.find("aws:ec2/instance:Instance", String(targetId)) !== undefined) return undefined;
  throw new CloudError(
    `InvalidTarget: The following targets are not in a running state and cannot be registered: '${targetId}'`,
  );
}

const kind = ({ loadBalancerType }: Plain): string =>
  ({ network: "net", gateway: "gwy" })[String(loadBalancerType)] ?? "app";

function nextPriority({ inputs, cloud }: Draft): number {
  const taken = cloud
    .all(LISTENER_RULE)
    .filter(({ outputs }) => outputs.listenerArn === inputs.listenerArn)
    .map(({ outputs }) => Number(outputs.priority));
  return Math.max(0, ...taken) + 1;
}

function badHealthCheck({ healthCheck, targetType, port, protocol, vpcId }: Plain): Failure[] {
  const failures: Failure[] = [];
  if (targetType !== "lambda") {
    for (const [property, value] of Object.entries({ port, protocol, vpcId })) {
      if (value !== undefined) continue;
      failures.push({ property, reason: `is required when target_type is "${targetType}"` });
    }
  }
  const { timeout, interval } = healthCheck ?? {};
  if (typeof timeout === "number" && typeof interval === "number" && timeout >= interval) {
    failures.push({
      property: "healthCheck.timeout",
      reason: `Health check timeout '${timeout}' must be smaller than the interval '${interval}'`,
    });
  }
  return failures;
}

/** A rule takes five values over all its conditions. */
function badConditions(conditions: unknown): Failure[] {
  if (!Array.isArray(conditions)) return [];
  const values = (conditions as Plain[]).flatMap((condition: Plain) =>
    Object.values(condition ?? {}).flatMap((one: Plain) => one?.values ?? []),
  );
  if (values.length <= 5) return [];
  return [
    {
      property: "conditions",
      reason: `A rule can have up to 5 condition values, this one has ${values.length}`,
    },
  ];
}
