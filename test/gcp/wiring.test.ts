import type { Profile } from "../../components/cloud";
import { plan, type Planned } from "./plan";

const PROFILES: Profile[] = ["dev", "staging", "prod"];
const plans = new Map<Profile, Planned[]>();

beforeAll(async () => {
  for (const profile of PROFILES) plans.set(profile, await plan(profile));
}, 120_000);

const of = (profile: Profile, type: string): Planned[] =>
  (plans.get(profile) ?? []).filter((resource) => resource.type === type);

const text = (value: unknown): string => JSON.stringify(value);

interface Template {
  readonly serviceAccount: string;
  readonly vpcAccess: {
    readonly egress: string;
    readonly networkInterfaces: readonly { readonly tags: readonly string[] }[];
  };
  readonly containers: readonly {
    readonly image: string;
    readonly envs: readonly {
      readonly name: string;
      readonly value?: string;
      readonly valueSource?: { readonly secretKeyRef: { readonly version: string } };
    }[];
    readonly resources: { readonly cpuIdle?: boolean };
  }[];
  readonly scaling?: { readonly minInstanceCount: number };
}

const SERVICE = "gcp:cloudrunv2/service:Service";
const JOB = "gcp:cloudrunv2/job:Job";
const FIREWALL = "gcp:compute/firewall:Firewall";

/** Templates of services and jobs by the component's name. */
function templates(profile: Profile): Map<string, Template> {
  const component = (name: string): string => name.split("-lattice-policy-")[0] ?? name;
  return new Map([
    ...of(profile, SERVICE).map(({ name, inputs }) => {
      return [component(name), inputs["template"] as unknown as Template] as const;
    }),
    ...of(profile, JOB).map(({ name, inputs }) => {
      const { template } = inputs["template"] as unknown as { template: Template };
      return [component(name), template] as const;
    }),
  ]);
}

describe.each(PROFILES)("LatticePolicy on Google Cloud, %s", (profile) => {
  test("stores are opened to those who use them, and to nobody else", () => {
    const opened = of(profile, FIREWALL)
      .filter(({ inputs }) => inputs["allows"] && inputs["targetTags"])
      .map(({ inputs }) => {
        const { targetTags, destinationRanges, allows } = inputs;
        const [{ ports }] = allows as unknown as [{ ports: string[] }];
        return [String(targetTags), String(destinationRanges), ...ports].join(" ");
      })
      .filter((rule) => !rule.includes("0.0.0.0/0"));
    expect(opened.sort()).toEqual([
      "api 10.40.128.2/32 5432",
      "api 10.40.192.3/32 6378",
      "db-bootstrap 10.40.128.2/32 5432",
      "migrate 10.40.128.2/32 5432",
    ]);
  });

  test("everything else is closed, in both directions", () => {
    const closed = of(profile, FIREWALL).filter(({ inputs }) => inputs["denies"]);
    expect(closed.map(({ name }) => name).sort()).toEqual([
      "network-deny-egress",
      "network-deny-ingress",
      "network-deny-stores",
    ]);
    const allowsIn = of(profile, FIREWALL).filter(
      ({ inputs }) => inputs["direction"] === "INGRESS" && inputs["allows"],
    );
    expect(allowsIn).toEqual([]);
  });

  test("a client's rule goes before the one that closes the stores, and that before the way out", () => {
    const priority = (name: string): number =>
      Number(of(profile, FIREWALL).find((rule) => rule.name === name)?.inputs["priority"]);
    expect(priority("api-to-db")).toBeLessThan(priority("network-deny-stores"));
    expect(priority("network-deny-stores")).toBeLessThan(priority("network-allow-https"));
    expect(priority("network-allow-https")).toBeLessThan(priority("network-deny-egress"));
  });

  test("all traffic of a container goes through the network, under its own tag and identity", () => {
    const found = templates(profile);
    expect([...found.keys()].sort()).toEqual(["api", "db-bootstrap", "migrate", "ui"]);
    for (const [name, { vpcAccess, serviceAccount }] of found) {
      expect(vpcAccess.egress).toBe("ALL_TRAFFIC");
      expect(vpcAccess.networkInterfaces[0]?.tags).toEqual([name]);
      expect(serviceAccount.startsWith(`${name}-lattice-`)).toBe(true);
    }
  });

  test("each identity reads its own secrets, and the frontend none", () => {
    const grants = of(profile, "gcp:secretmanager/secretIamMember:SecretIamMember");
    const read = (name: string): string[] =>
      grants
        .filter(({ inputs }) =>
          String(inputs["member"]).startsWith(`serviceAccount:${name}-lattice-`),
        )
        .map(({ inputs }) => String(inputs["secretId"]).replace(/^secrets-|-id$/g, ""))
        .sort();
    expect(read("ui")).toEqual([]);
    expect(read("migrate")).toEqual(["database-url"]);
    expect(read("api")).toEqual([
      "api-ca",
      "customer-data-key",
      "database-url",
      "jwt-secret",
      "mfa-token-secret",
      "redis-url",
    ]);
    expect(new Set(grants.map(({ inputs }) => inputs["role"]))).toEqual(
      new Set(["roles/secretmanager.secretAccessor"]),
    );
  });

  test("no identity has a role on the project", () => {
    expect(of(profile, "gcp:projects/iAMMember:IAMMember")).toEqual([]);
  });

  test("secrets are references to numbered versions, never values", () => {
    for (const [name, template] of templates(profile)) {
      for (const { envs } of template.containers) {
        for (const { name: variable, value, valueSource } of envs) {
          const isSecret =
            /URL|SECRET|KEY|PASSWORD/.test(variable) && !/^PG(HOST|PORT|USER)/.test(variable);
          if (isSecret) expect([name, variable, value]).toEqual([name, variable, undefined]);
          if (valueSource) expect(valueSource.secretKeyRef.version).toMatch(/^[0-9]+$/);
        }
      }
    }
  });

  test("images come from the stack's own registry, with a tag that cannot move", () => {
    for (const { containers } of templates(profile).values()) {
      expect(containers[0]?.image).toMatch(
        /^europe-west1-docker\.pkg\.dev\/acme-policy\/.+:[^:]+$/,
      );
    }
    const own = of(profile, "gcp:artifactregistry/repository:Repository").filter(
      ({ inputs }) => inputs["mode"] !== "REMOTE_REPOSITORY",
    );
    for (const { inputs } of own) {
      expect(inputs["dockerConfig"]).toEqual({ immutableTags: true });
    }
  });

  test("services answer the balancer only, jobs run once", () => {
    for (const { inputs } of of(profile, SERVICE)) {
      expect(inputs["ingress"]).toBe("INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER");
    }
    for (const { name, inputs } of of(profile, JOB)) {
      expect(inputs["runExecutionToken"]).toMatch(/^[0-9a-f]{12}$/);
      expect(text(inputs["template"])).toContain('"maxRetries":0');
      // With the random part of the name and a dash, executions stay below 63 characters.
      expect(name.length + 8 + 1 + 12).toBeLessThan(63);
    }
  });

  test("every backend is behind the firewall and logs what it gets", () => {
    const backends = of(profile, "gcp:compute/backendService:BackendService");
    expect(backends).toHaveLength(4);
    for (const { inputs } of backends) {
      expect(inputs["securityPolicy"]).toBe("edge-armor-id");
      expect(inputs["logConfig"]).toEqual({ enable: true, sampleRate: 1 });
      for (const refused of ["healthChecks", "timeoutSec", "portName"]) {
        expect(inputs[refused]).toBeUndefined();
      }
    }
  });

  test("the database is private, encrypted in transit, and backed up", () => {
    const [{ inputs } = { inputs: {} as Planned["inputs"] }] = of(
      profile,
      "gcp:sql/databaseInstance:DatabaseInstance",
    );
    const settings = inputs["settings"] as unknown as {
      ipConfiguration: object;
      backupConfiguration: object;
      availabilityType: string;
    };
    expect(settings.ipConfiguration).toMatchObject({
      ipv4Enabled: false,
      sslMode: "ENCRYPTED_ONLY",
    });
    expect(settings.backupConfiguration).toMatchObject({
      enabled: true,
      pointInTimeRecoveryEnabled: true,
    });
    expect(inputs["name"]).toBeUndefined();
    expect(inputs["deletionProtection"]).toBe(profile === "prod");
    expect(settings.availabilityType).toBe(profile === "prod" ? "REGIONAL" : "ZONAL");
    expect(inputs["encryptionKeyName"] !== undefined).toBe(profile === "prod");
  });

  test("every log has a bucket with a retention, and a sink of its own", () => {
    const buckets = of(profile, "gcp:logging/projectBucketConfig:ProjectBucketConfig");
    const sinks = of(profile, "gcp:logging/projectSink:ProjectSink");
    expect(buckets.map(({ name }) => name).sort()).toEqual([
      "api-logs",
      "db-bootstrap-logs",
      "db-logs",
      "edge-access-logs",
      "migrate-logs",
      "network-flow-logs",
      "ui-logs",
    ]);
    expect(sinks).toHaveLength(buckets.length);
    for (const { inputs } of buckets) {
      expect(inputs["retentionDays"]).toBe(profile === "prod" ? 90 : 30);
    }
  });

  test("every alarm tells somebody", () => {
    const policies = of(profile, "gcp:monitoring/alertPolicy:AlertPolicy");
    expect(policies.length).toBeGreaterThan(10);
    for (const { inputs } of policies) expect(inputs["notificationChannels"]).toHaveLength(2);
  });

  test("the APIs that are needed are enabled, and stay so", () => {
    const services = of(profile, "gcp:projects/service:Service");
    const names = services.map(({ inputs }) => String(inputs["service"]).split(".")[0]);
    for (const api of [
      "run",
      "artifactregistry",
      "sqladmin",
      "redis",
      "secretmanager",
      "cloudbuild",
    ]) {
      expect(names).toContain(api);
    }
    for (const { inputs } of services) expect(inputs["disableOnDestroy"]).toBe(false);
  });
});

test("the outbox worker keeps CPU and one instance, and may go out over HTTPS", async () => {
  const settings = '{"webhookUrl":"https://hooks.example.org/in"}';
  const planned = await plan("staging", { "portolan:settings": settings });
  plans.set("staging", planned);
  const api = templates("staging").get("api");
  expect(api?.containers[0]?.resources.cpuIdle).toBe(false);
  expect(api?.scaling?.minInstanceCount).toBeGreaterThanOrEqual(1);
  expect(api?.vpcAccess.networkInterfaces[0]?.tags).toEqual(["api", "egress-https"]);
});

test("a held revision keeps the traffic", async () => {
  const planned = await plan("staging", {}, { "release:serving": '{"api":"api-00001-abc"}' });
  const traffics = planned
    .filter(({ type }) => type === SERVICE)
    .map(({ name, inputs }) => [name.split("-")[0], text(inputs["traffics"])]);
  expect(Object.fromEntries(traffics)).toEqual({
    api: expect.stringContaining('"revision":"api-00001-abc"'),
    ui: expect.not.stringContaining('"revision"'),
  });
});
