import { READERS } from "../clouds/readers";
import type { Deployed, DeployedResource, Properties } from "../support/deployed";
import { all } from "./checks";
import { latticePolicyOn } from "./lattice-policy";
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

const database = (stack: Deployed): DeployedResource =>
  stack.one("gcp:sql/databaseInstance:DatabaseInstance");

const settings = (stack: Deployed): Properties => database(stack).inputs["settings"] as Properties;

const cache = (stack: Deployed): DeployedResource => stack.one("gcp:redis/instance:Instance");

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

const COMMON = latticePolicyOn(READERS.gcp);

/** How LatticePolicy's acceptance list shows on Google Cloud. */
export const GCP: Checks = {
  ...COMMON,

  1: all(COMMON[1], ({ prod }) => expect(prod.of(SERVICE)).toHaveLength(2)),
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
  8: all(COMMON[8], ({ prod }) => {
    // By a version: what an instance reads does not change under it.
    const given = (container(prod, "api")["envs"] as Properties[]).flatMap(
      ({ valueSource }) => (valueSource as Properties | undefined)?.["secretKeyRef"] ?? [],
    );
    expect(given).toHaveLength(5);
    for (const { version } of given) expect(version).toMatch(/^[0-9]+$/);
  }),
  10: all(COMMON[10], ({ prod }) => {
    const secret = prod.one(SECRET, "secrets-customer-data-key");
    expect(secret.inputs["deletionProtection"]).toBe(true);
  }),
  11: all(COMMON[11], ({ prod }) => {
    // Cloud Run sets PORT to the container port, and refuses a template that sets it.
    expect(container(prod, "api")["ports"].containerPort).toBe(3000);
    expect(READERS.gcp.workload(prod, "api").env).not.toHaveProperty("PORT");
  }),
  12: all(COMMON[12], ({ prod }) => {
    expect(prod.of("gcp:projects/iAMMember:IAMMember")).toEqual([]);
  }),
  14: ({ prod }) => {
    const own = prod
      .of("gcp:artifactregistry/repository:Repository")
      .filter(({ inputs }) => inputs["mode"] === "STANDARD_REPOSITORY");
    expect(own).toHaveLength(2);
    for (const { inputs } of own) expect(inputs["dockerConfig"].immutableTags).toBe(true);
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
