import ipaddr from "ipaddr.js";
import { containers } from "../clouds/aws";
import type { Deployed, DeployedResource, Properties } from "../support/deployed";
import type { Check } from "./statements";

/** What applications' acceptance lists ask of a stack on AWS. */

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const TARGETS = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** The application's own container; a task may have a helper beside it. */
export function container(stack: Deployed, name: string): Properties {
  const found = containers(stack, name).find((each) => each["name"] === name);
  if (!found) throw new Error(`the task of ${name} has no container ${name}`);
  return found;
}

export const groupOf = (stack: Deployed, name: string): string =>
  String(stack.one(GROUP, `${name}-group`).id);

/** The other end of a rule: a component, a network, or S3. */
function peerOf(stack: Deployed, { inputs }: DeployedResource): string {
  const names = new Map(stack.of(GROUP).map((each) => [each.id, each.name.replace(/-group$/, "")]));
  const peer = inputs["referencedSecurityGroupId"] as string | undefined;
  if (inputs["prefixListId"] !== undefined) return "s3";
  return (peer && names.get(peer)) ?? String(inputs["cidrIpv4"] ?? inputs["cidrIpv6"]);
}

const rulesOf = (stack: Deployed, type: string, name: string): DeployedResource[] =>
  stack.of(type).filter(({ inputs }) => inputs["securityGroupId"] === groupOf(stack, name));

/** Who may connect to a component, sorted. */
export const admitted = (stack: Deployed, name: string): string[] =>
  rulesOf(stack, INGRESS, name)
    .map((rule) => peerOf(stack, rule))
    .sort();

/** Where a component may connect to, as `peer:port`, sorted. */
export const reaches = (stack: Deployed, name: string): string[] =>
  rulesOf(stack, EGRESS, name)
    .map((rule) => `${peerOf(stack, rule)}:${rule.inputs["fromPort"]}`)
    .sort();

/** Whether a rule's network is more than a part of somebody's private range. */
const isPublic = (network?: string): boolean =>
  network !== undefined && ipaddr.parseCIDR(network)[0].range() !== "private";

/** Rules that let somebody outside in. */
export const openings = (stack: Deployed): DeployedResource[] =>
  stack.of(INGRESS).filter(({ inputs }) => isPublic(inputs["cidrIpv4"] ?? inputs["cidrIpv6"]));

/** No workload has a public address, and the internet comes in at the edge alone. */
export const onlyEdgeIsPublic: Check = ({ prod }) => {
  for (const { inputs } of prod.of("aws:ecs/service:Service")) {
    expect(inputs["networkConfiguration"].assignPublicIp ?? false).toBe(false);
  }
  for (const { inputs } of prod.of("aws:ec2/subnet:Subnet")) {
    expect(inputs["mapPublicIpOnLaunch"] ?? false).toBe(false);
  }
  const open = openings(prod);
  expect(open.length).toBeGreaterThan(0);
  const edge = groupOf(prod, "edge");
  expect(new Set(open.map(({ inputs }) => inputs["securityGroupId"]))).toEqual(new Set([edge]));
  expect(new Set(open.map(({ inputs }) => inputs["fromPort"]))).toEqual(new Set([80, 443]));
};

/** 80 redirects; 443 refuses TLS below 1.2 and has a certificate that was issued for these hosts. */
export const servesHttps =
  (...hosts: string[]): Check =>
  ({ prod }) => {
    const http = prod.one(LISTENER, "edge-http").inputs;
    expect(http["defaultActions"]).toMatchObject([
      { type: "redirect", redirect: { protocol: "HTTPS", port: "443" } },
    ]);
    const https = prod.one(LISTENER, "edge-https").inputs;
    expect(https["sslPolicy"]).toMatch(/TLS13-1-2/);
    const issued = prod.one("aws:acm/certificateValidation:CertificateValidation");
    expect(https["certificateArn"]).toBe(issued.outputs["certificateArn"]);
    const { inputs } = prod.one("aws:acm/certificate:Certificate");
    const covered = [inputs["domainName"], ...(inputs["subjectAlternativeNames"] ?? [])];
    expect(covered.sort()).toEqual(hosts.sort());
  };

export const database = (stack: Deployed): DeployedResource =>
  stack.one("aws:rds/instance:Instance");

/** Parameters of the database server, as RDS was told. */
export const databaseParameters = (stack: Deployed): Properties => {
  const { inputs } = stack.one("aws:rds/parameterGroup:ParameterGroup");
  const list = inputs["parameters"] as { name: string; value: string }[];
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
};

/** Private, encrypted, for these clients only. */
export const databaseAdmits =
  (name: string, ...clients: string[]): Check =>
  ({ prod }) => {
    expect(database(prod).inputs["publiclyAccessible"]).toBe(false);
    expect(database(prod).inputs["storageEncrypted"]).toBe(true);
    expect(database(prod).inputs["vpcSecurityGroupIds"]).toEqual([groupOf(prod, name)]);
    expect(admitted(prod, name)).toEqual(clients);
  };

/** Production can be brought back, and its database is not deleted by mistake. */
export const databaseIsKept =
  (days: number): Check =>
  ({ prod }) => {
    expect(database(prod).inputs["backupRetentionPeriod"]).toBeGreaterThanOrEqual(days);
    expect(database(prod).inputs["deletionProtection"]).toBe(true);
    expect(database(prod).inputs["skipFinalSnapshot"]).toBe(false);
    expect(database(prod).protect).toBe(true);
  };

/** Target groups that a service or a host stands behind. */
export function targetGroups(stack: Deployed, name: string): DeployedResource[] {
  const used = new Set([
    ...stack
      .within(name, "aws:ecs/service:Service")
      .flatMap(({ inputs }) => (inputs["loadBalancers"] ?? []) as Properties[])
      .flatMap((each) => [
        each["targetGroupArn"],
        each["advancedConfiguration"].alternateTargetGroupArn,
      ]),
    ...stack
      .within(name, "aws:lb/targetGroupAttachment:TargetGroupAttachment")
      .map(({ inputs }) => inputs["targetGroupArn"]),
  ]);
  const found = stack.of(TARGETS).filter(({ outputs }) => used.has(outputs["arn"]));
  if (found.length === 0) throw new Error(`${name} is behind no target group`);
  return found;
}

/** How the load balancer checks a service. */
export const isChecked =
  (name: string, check: Properties, port?: number): Check =>
  ({ prod }) => {
    for (const { inputs } of targetGroups(prod, name)) {
      expect(inputs["healthCheck"]).toMatchObject({ matcher: "200", ...check });
      if (port !== undefined) expect(inputs["port"]).toBe(port);
    }
  };

/** Configuration of the proxy in front of a service, if it has one. */
export function frontOf(stack: Deployed, name: string): Properties | undefined {
  const front = containers(stack, name).find((each) => each["name"] === "front");
  const variables = (front?.["environment"] ?? []) as { name: string; value: string }[];
  const config = variables.find((each) => each.name === "FRONT_CONFIG")?.value;
  return config === undefined ? undefined : (JSON.parse(config) as Properties);
}

interface Handler {
  readonly handler: string;
  readonly request?: Properties;
  readonly response?: Properties;
  readonly [key: string]: unknown;
}

/** What a front does with a request, in its order. */
export const handlersOf = (front: Properties): { match?: Properties[]; handle: Handler[] }[] =>
  front["apps"].http.servers.front.routes;

const LISTENER_HEADERS: Readonly<Record<string, string>> = {
  routingHttpResponseStrictTransportSecurityHeaderValue: "Strict-Transport-Security",
  routingHttpResponseContentSecurityPolicyHeaderValue: "Content-Security-Policy",
  routingHttpResponseXContentTypeOptionsHeaderValue: "X-Content-Type-Options",
  routingHttpResponseXFrameOptionsHeaderValue: "X-Frame-Options",
};

/** Response headers that listener and front set; a header that both set would be sent by neither's rule. */
export function headersSent(stack: Deployed, front: Properties | undefined): Properties {
  const { inputs } = stack.one(LISTENER, "edge-https");
  const sent: Properties = {};
  for (const [attribute, header] of Object.entries(LISTENER_HEADERS)) {
    if (inputs[attribute] !== undefined) sent[header] = inputs[attribute];
  }
  const [first] = front ? handlersOf(front) : [];
  const set = (first?.handle[0]?.response?.["set"] ?? {}) as Record<string, string[]>;
  for (const [header, values] of Object.entries(set)) {
    if (header in sent) throw new Error(`${header} is set twice`);
    expect(values).toHaveLength(1);
    sent[header] = values[0];
  }
  return sent;
}

/** True of a front that leaves one address in X-Forwarded-For, and has it from the load balancer. */
export const tellsTheClientAlone = (front: Properties | undefined): boolean =>
  front !== undefined &&
  JSON.stringify(handlersOf(front)).includes(
    JSON.stringify({ "X-Forwarded-For": [{ search_regexp: "^.*,\\s*", replace: "" }] }),
  );

/** Alarms exist by these names, and each of them tells somebody. */
export const hasAlarms =
  (...names: string[]): Check =>
  ({ prod }) => {
    const alarms = prod.of(ALARM);
    expect(alarms.map(({ name }) => name.replace(/^alarms-/, ""))).toEqual(
      expect.arrayContaining(names),
    );
    for (const { inputs } of alarms) expect(inputs["alarmActions"]).toHaveLength(1);
  };

export const alarm = (stack: Deployed, name: string): DeployedResource =>
  stack.one(ALARM, `alarms-${name}`);

/** A released tag is never written again. */
export const tagsAreImmutable: Check = ({ prod }) => {
  const repositories = prod.of("aws:ecr/repository:Repository");
  expect(repositories.length).toBeGreaterThan(0);
  for (const { inputs } of repositories) expect(inputs["imageTagMutability"]).toBe("IMMUTABLE");
};

/** No root, nothing writable but scratch folders, no capabilities. */
export const isConfined =
  (name: string, uid: number): Check =>
  ({ prod }) => {
    const own = container(prod, name);
    expect(own["user"]).toMatch(new RegExp(`^${uid}:[1-9]`));
    expect(own["readonlyRootFilesystem"]).toBe(true);
    expect(own["linuxParameters"].capabilities.drop).toEqual(["ALL"]);
  };

/** Statements of the policy of a role, by its name. */
export const rights = (stack: Deployed, role: string): Properties[] =>
  stack
    .of("aws:iam/rolePolicy:RolePolicy")
    .filter(({ name }) => name === role)
    .flatMap(({ inputs }) => (JSON.parse(inputs["policy"]) as Properties)["Statement"]);

/** Statements of a bucket's policy. */
export const bucketPolicy = (stack: Deployed, name: string): Properties[] => {
  const { inputs } = stack.one("aws:s3/bucketPolicy:BucketPolicy", name);
  return (JSON.parse(inputs["policy"]) as Properties)["Statement"] as Properties[];
};

/** A bucket of which nobody shortens what is in it. */
export const isLocked =
  (name: string, days: number): Check =>
  ({ prod }) => {
    const lock = prod.one(
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      name,
    );
    expect(lock.inputs["rule"].defaultRetention).toEqual({ mode: "COMPLIANCE", days });
    expect(prod.one("aws:s3/bucket:Bucket", name).inputs["objectLockEnabled"]).toBe(true);
    const versioning = prod.one("aws:s3/bucketVersioning:BucketVersioning", name).inputs;
    expect(versioning["versioningConfiguration"].status).toBe("Enabled");
    const block = prod.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name).inputs;
    for (const one of ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls"]) {
      expect([one, block[one]]).toEqual([one, true]);
    }
    expect(block["restrictPublicBuckets"]).toBe(true);
    const deleting = bucketPolicy(prod, name).find(({ Sid }) => Sid === "NoDelete");
    expect(deleting).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    });
    expect(deleting).not.toHaveProperty("Condition");
  };
