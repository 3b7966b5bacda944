import { catches } from "../policy/deployed/mutations";
import { readState } from "../../review/input/state";
import { containers } from "../clouds/aws";
import { READERS } from "../clouds/readers";
import type { Deployed, Properties } from "../support/deployed";
import {
  admitted,
  alarm,
  container,
  database,
  databaseIsKept,
  databaseParameters,
  frontOf,
  groupOf,
  handlersOf,
  hasAlarms,
  headersSent,
  isChecked,
  onlyEdgeIsPublic,
  reaches,
  servesHttps,
  targetGroups,
  tellsTheClientAlone,
} from "./aws";
import { all, leadsTo } from "./checks";
import { neuronetzOn } from "./neuronetz-gateway";
import type { Checks } from "./statements";

const common = neuronetzOn(READERS.aws);
const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

const ON_DOCKER = { notApplicable: "about a Docker host whose proxy is somebody else's" };

const privateSubnets = (stack: Deployed): unknown[] =>
  stack
    .of("aws:ec2/subnet:Subnet")
    .filter(({ name }) => !name.startsWith("network-public-"))
    .map(({ id }) => id);

/** How the acceptance list of neuronetz-gateway shows on AWS. */
export const NEURONETZ_GATEWAY_ON_AWS: Checks = {
  ...common,

  1: ({ prod }) => {
    for (const { inputs } of prod.of(TASK)) {
      // Every task has an address of its own: there is no host to publish on.
      expect(inputs["networkMode"]).toBe("awsvpc");
      expect(inputs["containerDefinitions"]).not.toContain("hostPort");
    }
  },
  2: ({ prod }) => {
    const { inputs } = prod.one(SERVICE, "ollama-service");
    expect(inputs["loadBalancers"] ?? []).toEqual([]);
    expect(inputs["networkConfiguration"].assignPublicIp).toBe(false);
    const edge = JSON.stringify(prod.within("edge").map((each) => each.inputs));
    expect(edge).not.toContain("11434");
    // Whoever opens it to somebody else is told by the pack.
    const { resources } = readState(prod.text, "the deployed stack");
    const spoiled = (props: Properties): typeof resources =>
      resources.map((each) => (each.name === "ollama-from-gateway" ? { ...each, props } : each));
    const rule = { ipProtocol: "tcp", fromPort: 11434, toPort: 11434 };
    const securityGroupId = groupOf(prod, "ollama");
    const toEdge = { ...rule, securityGroupId, referencedSecurityGroupId: groupOf(prod, "edge") };
    const toOther = { ...toEdge, referencedSecurityGroupId: groupOf(prod, "migrate") };
    const toWorld = { ...rule, securityGroupId, cidrIpv4: "0.0.0.0/0" };
    for (const opened of [toEdge, toOther, toWorld]) {
      expect(catches("model-server-private", resources, spoiled(opened))).toBe(true);
    }
  },
  3: ({ prod }) => {
    expect(admitted(prod, "ollama")).toEqual(["gateway"]);
    expect(reaches(prod, "ollama")).toEqual(["models:2049", "network-endpoints:443", "s3:443"]);
  },
  4: ({ prod }) => {
    const inside = privateSubnets(prod);
    for (const { inputs } of prod.of(SERVICE)) {
      for (const subnet of inputs["networkConfiguration"].subnets) expect(inside).toContain(subnet);
    }
    expect(admitted(prod, "postgres")).toEqual(["gateway", "migrate", "postgres-bootstrap"]);
    expect(admitted(prod, "redis")).toEqual(["gateway"]);
    expect(database(prod).inputs["publiclyAccessible"]).toBe(false);
  },
  5: ON_DOCKER,
  6: ON_DOCKER,
  7: ON_DOCKER,
  8: all(onlyEdgeIsPublic, ({ prod }) => {
    const { env } = READERS.aws.workload(prod, "gateway");
    for (const name of ["VIRTUAL_HOST", "VIRTUAL_PORT", "LETSENCRYPT_HOST", "LETSENCRYPT_EMAIL"]) {
      expect(env).not.toHaveProperty(name);
    }
  }),
  10: all(
    servesHttps("api.example.com"),
    isChecked("gateway", { path: "/healthz" }),
    leadsTo(READERS.aws, { "https://api.example.com/healthz": "gateway" }),
  ),
  11: ({ prod }) =>
    expect(headersSent(prod, frontOf(prod, "gateway"))).toEqual({
      "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "Referrer-Policy": "no-referrer",
    }),
  12: ({ prod }) => {
    expect(prod.one(BALANCER).inputs["idleTimeout"]).toBeGreaterThan(600);
    const front = frontOf(prod, "gateway");
    if (!front) throw new Error("the gateway has no front");
    expect(parseInt(front["apps"].http.servers.front.idle_timeout as string)).toBeGreaterThan(660);
    const proxy = handlersOf(front).flatMap(({ handle }) =>
      handle.filter(({ handler }) => handler === "reverse_proxy"),
    );
    expect(proxy).toHaveLength(1);
    // Sent on at once, without a limit of its own.
    expect(proxy[0]).toMatchObject({ flush_interval: -1 });
    expect(proxy[0]).not.toHaveProperty("transport");
  },
  13: ({ prod }) => {
    expect(READERS.aws.workload(prod, "gateway").env["GATEWAY_TRUSTED_PROXIES"]).toBe("127.0.0.1");
    const front = frontOf(prod, "gateway");
    expect(JSON.stringify(front)).toContain('"dial":"127.0.0.1:8080"');
    expect(tellsTheClientAlone(front)).toBe(true);
    const { inputs } = prod.one(BALANCER);
    expect(inputs["xffHeaderProcessingMode"]).toBe("append");
  },
  16: ({ prod }) => {
    const replicas = prod.one(SERVICE, "gateway-service").inputs["desiredCount"] as number;
    const allowed = Number(databaseParameters(prod)["max_connections"]);
    expect(allowed).toBeGreaterThanOrEqual(30 * replicas + 20);
  },
  18: ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      const task = stack.one(TASK, "gateway-task").inputs;
      const helpers = containers(stack, "gateway").map(({ memory }) => Number(memory ?? 0));
      const left = Number(task["memory"]) - helpers.reduce((sum, each) => sum + each, 0);
      expect(left).toBeGreaterThanOrEqual(1024);
    }
  },
  19: ({ prod }) => {
    const files = prod.one("aws:efs/fileSystem:FileSystem");
    expect(files.inputs["encrypted"]).toBe(true);
    expect(files.protect).toBe(true);
    expect(container(prod, "ollama")["mountPoints"]).toEqual([
      { containerPath: "/models", sourceVolume: "models", readOnly: false },
    ]);
    expect(database(prod).inputs["storageEncrypted"]).toBe(true);
  },
  20: databaseIsKept(30),
  22: all(common[22], ({ prod }) => {
    const limits = JSON.stringify(frontOf(prod, "gateway")).match(/"max_size":(\d+)/);
    expect(Number(limits?.[1])).toBeGreaterThan(262_144);
    expect(Number(limits?.[1])).toBeLessThan(320 * 1024);
  }),
  24: all(
    hasAlarms(
      ..."gateway-unhealthy gateway-errors audit-deny-mode no-models".split(" "),
      ..."database-storage certificate authentication-failures redis-memory".split(" "),
    ),
    ({ prod }) => {
      const { inputs } = alarm(prod, "certificate");
      const issued = prod.one("aws:acm/certificateValidation:CertificateValidation");
      expect(inputs["dimensions"]).toEqual({ CertificateArn: issued.outputs["certificateArn"] });
      expect(inputs["threshold"]).toBe(14);
    },
  ),
  25: ({ prod }) => {
    // A task has 120 seconds after its stop signal; before it the load balancer drains it.
    for (const { inputs } of targetGroups(prod, "gateway")) {
      expect(inputs["deregistrationDelay"]).toBeGreaterThanOrEqual(600);
    }
    expect(container(prod, "gateway")["stopTimeout"]).toBe(120);
  },
};
