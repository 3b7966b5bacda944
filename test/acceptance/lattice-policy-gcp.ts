import type { Deployed, DeployedResource, Properties } from "../support/deployed";
import type { Checks } from "./statements";

const SERVICE = "gcp:cloudrunv2/service:Service";
const JOB = "gcp:cloudrunv2/job:Job";
const FIREWALL = "gcp:compute/firewall:Firewall";
const NEG = "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup";
const BACKEND = "gcp:compute/backendService:BackendService";
const URL_MAP = "gcp:compute/uRLMap:URLMap";
const SECRET = "gcp:secretmanager/secret:Secret";
const VERSION = "gcp:secretmanager/secretVersion:SecretVersion";
const ALARM = "gcp:monitoring/alertPolicy:AlertPolicy";

const SECRETS = {
  DATABASE_URL: "database-url",
  JWT_SECRET: "jwt-secret",
  CUSTOMER_DATA_KEY: "customer-data-key",
  MFA_TOKEN_SECRET: "mfa-token-secret",
  REDIS_URL: "redis-url",
};

/** A service or job of a component; its logical name goes on with system and stack. */
function workload(stack: Deployed, type: string, component: string): DeployedResource {
  const found = stack
    .of(type)
    .filter(({ name }) => name.startsWith(`${component}-lattice-policy-`));
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} of ${type} for ${component}`);
  return first;
}

function template(stack: Deployed, component: string): Properties {
  const isJob = component === "migrate" || component === "db-bootstrap";
  const outer = workload(stack, isJob ? JOB : SERVICE, component).inputs["template"] as Properties;
  return (isJob ? outer["template"] : outer) as Properties;
}

const container = (stack: Deployed, component: string): Properties =>
  (template(stack, component)["containers"] as Properties[])[0] ?? {};

const variable = (stack: Deployed, component: string, name: string): Properties | undefined =>
  (container(stack, component)["envs"] as Properties[]).find((each) => each["name"] === name);

const tags = (stack: Deployed, component: string): string[] =>
  (template(stack, component)["vpcAccess"] as Properties)["networkInterfaces"][0].tags as string[];

/** Tags of the workloads that a rule of higher precedence lets through to an address. */
function admitted(stack: Deployed, address: string): string[] {
  const closed = stack.one(FIREWALL, "network-deny-stores").inputs;
  return stack
    .of(FIREWALL)
    .filter(({ inputs }) => inputs["allows"] && inputs["priority"] < closed["priority"])
    .filter(({ inputs }) => (inputs["destinationRanges"] as string[]).includes(`${address}/32`))
    .flatMap(({ inputs }) => inputs["targetTags"] as string[])
    .sort();
}

/** Names of the secrets that a workload's identity may read. */
function readable(stack: Deployed, component: string): string[] {
  const identity = stack.one("gcp:serviceaccount/account:Account", `${component}-identity`);
  const secrets = new Map(stack.of(SECRET).map((secret) => [secret.id, secret.name]));
  return stack
    .of("gcp:secretmanager/secretIamMember:SecretIamMember")
    .filter(({ inputs }) => inputs["member"] === identity.outputs["member"])
    .map(({ inputs }) => (secrets.get(String(inputs["secretId"])) ?? "?").replace(/^secrets-/, ""))
    .sort();
}

const database = (stack: Deployed): DeployedResource =>
  stack.one("gcp:sql/databaseInstance:DatabaseInstance");

const settings = (stack: Deployed): Properties => database(stack).inputs["settings"] as Properties;

const cache = (stack: Deployed): DeployedResource => stack.one("gcp:redis/instance:Instance");

/** Values of the secret store's entries, by name of the entry. */
function values(plain: Deployed): Record<string, string> {
  return Object.fromEntries(
    plain.of(VERSION).map(({ name, inputs }) => {
      const { plaintext } = inputs["secretData"] as Properties;
      return [name.replace(/^secrets-|-value$/g, ""), JSON.parse(String(plaintext)) as string];
    }),
  );
}

/** The service that a request would reach, and the tag of its revision. */
function reached(stack: Deployed, host: string, candidate?: string): string {
  const map = stack.one(URL_MAP, "edge-routes").inputs;
  const rule = (map["hostRules"] as Properties[]).find((each) => each["hosts"].includes(host));
  const matcher = (map["pathMatchers"] as Properties[]).find(
    (each) => each["name"] === rule?.["pathMatcher"],
  );
  const found = (matcher?.["routeRules"] as Properties[]).find((each) => {
    const [match] = each["matchRules"] as [Properties];
    const header = match["headerMatches"]?.[0] as Properties | undefined;
    return header ? header["exactMatch"] === candidate : true;
  });
  const backend = stack.of(BACKEND).find(({ id }) => id === found?.["service"]);
  const group = stack.of(NEG).find(({ id }) => id === backend?.inputs["backends"][0].group);
  const { service, tag } = group?.inputs["cloudRun"] as Properties;
  return [service, tag].filter(Boolean).join(" ");
}

/** How LatticePolicy's acceptance list shows on Google Cloud. */
export const GCP: Checks = {
  1: ({ prod }) => {
    expect(prod.of(SERVICE)).toHaveLength(2);
    expect(container(prod, "api")["image"]).toMatch(/lattice-policy-api[:@]/);
    expect(container(prod, "ui")["image"]).toMatch(/lattice-policy-ui[:@]/);
  },
  2: ({ prod }) => {
    for (const [name, port, path] of [
      ["api", 3000, "/health"],
      ["ui", 80, "/"],
    ] as const) {
      const { ports, startupProbe, readinessProbe, livenessProbe } = container(prod, name);
      expect(ports.containerPort).toBe(port);
      for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
        expect(probe.httpGet).toEqual({ path, port });
      }
    }
  },
  3: ({ prod }) => {
    for (const { inputs } of prod.of(SERVICE)) {
      expect(inputs["ingress"]).toBe("INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER");
    }
    const external = prod
      .of("gcp:compute/globalAddress:GlobalAddress")
      .filter(({ inputs }) => inputs["addressType"] === "EXTERNAL");
    expect(external.map(({ name }) => name)).toEqual(["edge-address"]);
    const inward = prod.of(FIREWALL).filter(({ inputs }) => inputs["direction"] === "INGRESS");
    expect(inward.map(({ inputs }) => Boolean(inputs["denies"]))).toEqual([true]);
  },
  4: ({ prod }) => {
    const { ipv4Enabled, privateNetwork } = settings(prod)["ipConfiguration"] as Properties;
    expect([ipv4Enabled, typeof privateNetwork]).toEqual([false, "string"]);
    const address = String(database(prod).outputs["privateIpAddress"]);
    expect(admitted(prod, address)).toEqual(["api", "db-bootstrap", "migrate"]);
  },
  5: ({ prod }) => {
    expect(cache(prod).inputs["transitEncryptionMode"]).toBe("SERVER_AUTHENTICATION");
    expect(cache(prod).inputs["authEnabled"]).toBe(true);
    expect(admitted(prod, String(cache(prod).outputs["host"]))).toEqual(["api"]);
  },
  6: ({ staging, prod }) => {
    for (const [stack, kept] of [
      [staging, 7],
      [prod, 30],
    ] as const) {
      expect(settings(stack)["backupConfiguration"]).toMatchObject({
        enabled: true,
        pointInTimeRecoveryEnabled: true,
        backupRetentionSettings: { retainedBackups: kept },
      });
    }
    // Cloud SQL encrypts always; production does so with a key of its own.
    expect(database(prod).inputs["encryptionKeyName"]).toMatch(/cryptoKeys/);
    expect(database(prod).inputs["deletionProtection"]).toBe(true);
  },
  7: ({ prod }) => expect(settings(prod)["availabilityType"]).toBe("REGIONAL"),
  8: ({ prod, plain }) => {
    for (const [name, entry] of Object.entries(SECRETS)) {
      const given = variable(prod, "api", name);
      const { secret, version } = given?.["valueSource"].secretKeyRef as Properties;
      expect(secret).toBe(prod.one(SECRET, `secrets-${entry}`).inputs["secretId"]);
      expect(version).toMatch(/^[0-9]+$/);
      expect(given?.["value"]).toBeUndefined();
    }
    const { "api-ca": _notSecret, ...secret } = values(plain);
    expect(Object.keys(secret).length).toBeGreaterThanOrEqual(5);
    const state = JSON.stringify(prod.resources);
    for (const value of Object.values(secret)) {
      expect(value.length).toBeGreaterThan(16);
      expect(state.includes(value)).toBe(false);
    }
  },
  9: ({ plain }) => {
    const found = values(plain);
    const generated = ["jwt-secret", "customer-data-key", "mfa-token-secret"].map((n) => found[n]);
    expect(new Set(generated).size).toBe(3);
    for (const each of generated) expect(each?.length).toBeGreaterThanOrEqual(32);
  },
  10: ({ staging, prod }) => {
    const key = (stack: Deployed): DeployedResource =>
      stack.one("random:index/randomBytes:RandomBytes", "secrets-customer-data-key");
    expect(key(staging).inputs["length"]).toBe(32);
    expect(key(prod).protect).toBe(true);
    expect(prod.one(SECRET, "secrets-customer-data-key").inputs["deletionProtection"]).toBe(true);
  },
  11: ({ prod }) => {
    expect(variable(prod, "api", "NODE_ENV")?.["value"]).toBe("production");
    expect(variable(prod, "api", "LOG_LEVEL")?.["value"]).toBe("info");
    // Cloud Run sets PORT to the container port, and refuses a template that sets it.
    expect(container(prod, "api")["ports"].containerPort).toBe(3000);
    expect(variable(prod, "api", "PORT")).toBeUndefined();
    expect(variable(prod, "api", "CACHE_ENABLED")?.["value"]).toBe("1");
    expect(variable(prod, "api", "REDIS_URL")).toBeDefined();
  },
  12: ({ prod }) => {
    // The authorities of the stores' certificates reach the API the same way; they are public.
    expect(readable(prod, "api")).toEqual([...Object.values(SECRETS), "api-ca"].sort());
    expect(readable(prod, "migrate")).toEqual(["database-url"]);
    expect(readable(prod, "ui")).toEqual([]);
    expect(prod.of("gcp:projects/iAMMember:IAMMember")).toEqual([]);
  },
  13: ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      for (const name of ["api", "ui", "migrate", "db-bootstrap"]) {
        expect(container(stack, name)["image"]).toMatch(
          /(:[^:/@]*\d[^:/@]*|@sha256:[0-9a-f]{64})$/,
        );
      }
    }
  },
  14: ({ prod }) => {
    const own = prod
      .of("gcp:artifactregistry/repository:Repository")
      .filter(({ inputs }) => inputs["mode"] === "STANDARD_REPOSITORY");
    expect(own).toHaveLength(2);
    for (const { inputs } of own) expect(inputs["dockerConfig"].immutableTags).toBe(true);
  },
  15: ({ prod }) => {
    const host = new URL(prod.outputs["apiUrl"] as string).host;
    const api = String(workload(prod, SERVICE, "api").outputs["name"]);
    expect(reached(prod, host)).toBe(api);
  },
  16: ({ prod }) => {
    for (const [host, name] of [
      ["api.example.com", "api"],
      ["app.example.com", "ui"],
    ] as const) {
      expect(reached(prod, host)).toBe(workload(prod, SERVICE, name).outputs["name"]);
    }
  },
  17: ({ prod }) => {
    expect(prod.one(URL_MAP, "edge-redirect").inputs["defaultUrlRedirect"]).toMatchObject({
      httpsRedirect: true,
    });
    const https = prod.one("gcp:compute/targetHttpsProxy:TargetHttpsProxy").inputs;
    const policy = prod.one("gcp:compute/sSLPolicy:SSLPolicy");
    expect(https["sslPolicy"]).toBe(policy.id);
    expect(policy.inputs["minTlsVersion"]).toBe("TLS_1_2");
    const map = prod.one("gcp:certificatemanager/certificateMap:CertificateMap");
    expect(https["certificateMap"]).toBe(`//certificatemanager.googleapis.com/${map.id}`);
    const { managed } = prod.one("gcp:certificatemanager/certificate:Certificate").inputs;
    expect(managed.domains).toEqual(["api.example.com", "app.example.com"]);
  },
  18: ({ prod }) => {
    const job = workload(prod, JOB, "migrate");
    expect(prod.closure(workload(prod, SERVICE, "api"))).toContain(job.urn);
    expect(job.inputs["runExecutionToken"]).toBeDefined();
    expect(job.outputs["executionCount"]).toBe(1);
    expect(job.inputs["template"]).toMatchObject({ taskCount: 1, parallelism: 1 });
    expect(template(prod, "migrate")["maxRetries"]).toBe(0);
  },
  19: ({ prod }) => {
    const job = workload(prod, JOB, "migrate");
    expect(prod.closure(workload(prod, SERVICE, "api"))).toContain(job.urn);
    expect(container(prod, "api")["commands"]).toBeUndefined();
  },
  20: ({ prod }) => {
    const { traffics, name } = workload(prod, SERVICE, "api").inputs;
    const latest = (traffics as Properties[]).find((each) => each["tag"] === "candidate");
    expect(latest?.["type"]).toBe("TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST");
    expect(reached(prod, "api.example.com", "api")).toBe(`${name} candidate`);
  },
  21: ({ prod }) => {
    // Revisions stay selectable as long as the secret versions they name do.
    for (const { inputs } of prod.of(VERSION)) expect(inputs["deletionPolicy"]).toBe("ABANDON");
    for (const { inputs } of prod.of(SERVICE)) {
      expect((inputs["template"] as Properties)["revision"]).toBeUndefined();
    }
  },
  22: ({ prod }) => {
    const names = prod.of(ALARM).map(({ name }) => name.replace(/^alarms-/, ""));
    expect(names).toEqual(
      expect.arrayContaining([
        ...["api-errors", "api-latency", "api-unhealthy", "api-restarts"],
        ...["db-cpu", "db-storage", "db-connections", "cache-memory", "migrate-failed"],
      ]),
    );
    for (const { inputs } of prod.of(ALARM)) expect(inputs["notificationChannels"]).toHaveLength(1);
  },
  23: ({ staging, prod }) => {
    for (const [stack, days] of [
      [staging, 30],
      [prod, 90],
    ] as const) {
      for (const name of ["api", "ui"]) {
        const bucket = stack.one(
          "gcp:logging/projectBucketConfig:ProjectBucketConfig",
          `${name}-logs`,
        );
        const sink = stack.one("gcp:logging/projectSink:ProjectSink", `${name}-logs-sink`).inputs;
        expect(bucket.inputs["retentionDays"]).toBe(days);
        expect(sink["destination"]).toContain(String(bucket.inputs["bucketId"]));
        expect(sink["filter"]).toContain(String(workload(stack, SERVICE, name).outputs["name"]));
      }
    }
  },
  24: ({ staging, prod }) => {
    expect(variable(prod, "api", "ASYNC_PUSH_ENABLED")?.["value"]).toBe("1");
    expect(container(prod, "api")["resources"].cpuIdle).toBe(false);
    expect(template(prod, "api")["scaling"].minInstanceCount).toBeGreaterThanOrEqual(1);
    expect(variable(staging, "api", "ASYNC_PUSH_ENABLED")?.["value"]).toBe("0");
    expect(container(staging, "api")["resources"].cpuIdle).toBe(true);
  },
  25: ({ prod }) => {
    const services = prod.of("gcp:projects/service:Service");
    const enabled = services.map(({ inputs }) => String(inputs["service"]));
    for (const api of "run artifactregistry sqladmin redis secretmanager cloudbuild".split(" ")) {
      expect(enabled).toContain(`${api}.googleapis.com`);
    }
    const { location } = workload(prod, SERVICE, "api").inputs;
    expect(cache(prod).inputs["region"]).toBe(location);
  },
  26: { notApplicable: "about Azure; Cloud SQL allows uuid-ossp without a list" },
  27: ({ prod }) => {
    expect(database(prod).protect).toBe(true);
    expect(database(prod).inputs["deletionProtection"]).toBe(true);
    expect(settings(prod)["deletionProtectionEnabled"]).toBe(true);
  },
  28: ({ staging, prod }) => {
    const [way] = staging.of(FIREWALL).filter(({ name }) => name === "network-allow-https");
    expect(way?.inputs["targetTags"]).toEqual(["egress-https"]);
    expect(tags(staging, "api")).toEqual(["api"]);
    // With a webhook the API, and nobody else, may go out.
    expect(tags(prod, "api")).toContain("egress-https");
    expect(tags(prod, "ui")).toEqual(["ui"]);
    const { priority } = staging.one(FIREWALL, "network-deny-egress").inputs;
    expect(priority).toBeGreaterThan(way?.inputs["priority"] as number);
  },
};
