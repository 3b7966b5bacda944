import * as fs from "node:fs";
import * as os from "node:os";
import path from "node:path";
import { provider } from "../../sandbox/gcp/index";
import { Catalogue } from "../../sandbox/lib/catalogue";
import { answersTo } from "../../sandbox/lib/refusals";
import { Resources } from "../../sandbox/lib/resources";
import { Seal } from "../../sandbox/lib/seal";
import { Store } from "../../sandbox/lib/store";
import { plain, type Properties } from "../../sandbox/lib/values";

const CONFIG = { project: "acme-policy", region: "europe-west1" };
const NETWORK = "gcp:compute/network:Network";
const RANGE = "gcp:compute/globalAddress:GlobalAddress";
const CONNECTION = "gcp:servicenetworking/connection:Connection";
const SQL = "gcp:sql/databaseInstance:DatabaseInstance";
const SERVICE = "gcp:cloudrunv2/service:Service";
const JOB = "gcp:cloudrunv2/job:Job";
const SECRET = "gcp:secretmanager/secret:Secret";
const VERSION = "gcp:secretmanager/secretVersion:SecretVersion";
const GRANT = "gcp:secretmanager/secretIamMember:SecretIamMember";
const ACCOUNT = "gcp:serviceaccount/account:Account";
const NEG = "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup";
const BACKEND = "gcp:compute/backendService:BackendService";

let folder: string;
let catalogue: Catalogue;
let resources: Resources;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "simulated-gcp-"));
  process.env.SANDBOX_CLOUD = folder;
  catalogue = new Catalogue(provider, () => Promise.resolve({}));
  const store = new Store(folder, "gcp", new Seal("test"));
  resources = new Resources(provider, catalogue, store, CONFIG);
});

afterEach(() => {
  delete process.env.SANDBOX_CLOUD;
  fs.rmSync(folder, { recursive: true });
});

const urnOf = (type: string, name: string): string => `urn:pulumi:test::test::${type}::${name}`;

/** Creates an object and gives its outputs, the ID among them. */
async function create(
  type: string,
  name: string,
  inputs: Properties,
): Promise<Record<string, unknown> & { id: string }> {
  const made = await resources.create({ type, urn: urnOf(type, name), id: "" }, inputs);
  return { ...(plain(made.outputs) as Record<string, unknown>), id: made.id };
}

const remove = async (type: string, name: string, id: string, state: Properties): Promise<void> =>
  resources.remove({ type, urn: urnOf(type, name), id }, state);

async function failures(type: string, inputs: Properties): Promise<string> {
  const { validate, rules = [] } = await catalogue.table(type);
  const arguments_ = (validate?.(plain(inputs)) ?? []).map(({ reason }) => reason);
  return [...arguments_, ...answersTo(type, "it", rules, plain(inputs))].join("\n");
}

async function peeredNetwork(): Promise<string> {
  const { id } = await create(NETWORK, "vpc", { name: "vpc", autoCreateSubnetworks: false });
  const range = { purpose: "VPC_PEERING", addressType: "INTERNAL", prefixLength: 17 };
  await create(RANGE, "range", { name: "range", network: id, address: "10.40.128.0", ...range });
  const service = "servicenetworking.googleapis.com";
  await create(CONNECTION, "stores", { network: id, service, reservedPeeringRanges: ["range"] });
  return id;
}

const instance = (name: string, privateNetwork: string): Properties => ({
  name,
  databaseVersion: "POSTGRES_16",
  deletionProtection: false,
  settings: {
    tier: "db-custom-1-3840",
    edition: "ENTERPRISE",
    ipConfiguration: { ipv4Enabled: false, privateNetwork },
  },
});

describe("Cloud SQL", () => {
  test("a private instance has an address in the range handed to the service", async () => {
    const network = await peeredNetwork();
    const made = await create(SQL, "db", instance("db-1", network));
    expect(made["privateIpAddress"]).toMatch(/^10\.40\.128\./);
    expect(made["publicIpAddress"]).toBe("");
    expect(made["connectionName"]).toBe("acme-policy:europe-west1:db-1");
  });

  test("a network without a peering is refused", async () => {
    const { id } = await create(NETWORK, "vpc", { name: "vpc" });
    await expect(create(SQL, "db", instance("db-1", id))).rejects.toThrow("NETWORK_NOT_PEERED");
  });

  test("the name of a deleted instance stays taken", async () => {
    const network = await peeredNetwork();
    const inputs = instance("db-1", network);
    const { id } = await create(SQL, "db", inputs);
    await remove(SQL, "db", id, inputs);
    await expect(create(SQL, "db", inputs)).rejects.toThrow(
      "until one week from the deletion date",
    );
    await create(SQL, "db", instance("db-2", network));
  });

  test("a protected instance is not deleted, by either switch", async () => {
    const network = await peeredNetwork();
    const first = { ...instance("db-1", network), deletionProtection: true };
    const { id } = await create(SQL, "db", first);
    await expect(remove(SQL, "db", id, first)).rejects.toThrow(
      "deletion_protection is set to true",
    );
    const plainSettings = instance("db-2", network)["settings"] as Properties;
    const settings = { ...plainSettings, deletionProtectionEnabled: true };
    const second = { ...instance("db-2", network), settings };
    const other = await create(SQL, "other", second);
    await expect(remove(SQL, "other", other.id, second)).rejects.toThrow("protected");
  });

  test.each([
    [{ tier: "db-f1-micro" }, "Invalid Tier (db-f1-micro) for (ENTERPRISE_PLUS) Edition"],
    [{ tier: "db-custom-3-8192", edition: "ENTERPRISE" }, "Invalid Tier (db-custom-3-8192)"],
    [
      { tier: "db-custom-1-3840", edition: "ENTERPRISE", availabilityType: "REGIONAL" },
      "needs backups and point-in-time recovery",
    ],
  ])("%j is refused", async (settings, message) => {
    const inputs = { databaseVersion: "POSTGRES_16", settings };
    expect(await failures(SQL, inputs)).toContain(message);
  });
});

describe("Cloud Run", () => {
  const job = (name: string): Properties => ({
    name,
    location: "europe-west1",
    runExecutionToken: "abc",
    template: { template: { containers: [{ image: "docker.io/library/busybox:1" }] } },
  });

  test("a run that ends with another code than 0 fails the operation, and can be tried again", async () => {
    fs.writeFileSync(path.join(folder, "gcp-job-exits.json"), '{"migrate*": 3}');
    await expect(create(JOB, "migrate-staging", job("migrate-1"))).rejects.toThrow("exit code 3");
    const other = await create(JOB, "bootstrap", job("bootstrap-1"));
    expect(other["executionCount"]).toBe(1);
    fs.rmSync(path.join(folder, "gcp-job-exits.json"));
    await create(JOB, "migrate-staging", job("migrate-1"));
  });

  test("a name and a token that are too long together are refused", async () => {
    const inputs = { ...job("a".repeat(49)), runExecutionToken: "b".repeat(20) };
    await expect(create(JOB, "long", inputs)).rejects.toThrow("fewer than 63 characters");
  });

  test("a secret is readable only with its version and a grant for the service's account", async () => {
    const account = await create(ACCOUNT, "api", { accountId: "api-staging" });
    const secret = await create(SECRET, "dsn", { secretId: "dsn", replication: { auto: {} } });
    const secretKeyRef = { secret: "dsn", version: "1" };
    const envs = [{ name: "DATABASE_URL", valueSource: { secretKeyRef } }];
    const service = (name: string): Properties => ({
      name,
      location: "europe-west1",
      template: {
        serviceAccount: String(account["email"]),
        containers: [{ image: "docker.io/library/busybox:1", envs }],
      },
    });
    await expect(create(SERVICE, "api", service("api-1"))).rejects.toThrow("was not found");
    await create(VERSION, "dsn", { secret: secret.id, secretData: "x" });
    await expect(create(SERVICE, "api", service("api-1"))).rejects.toThrow(
      "Permission denied on secret",
    );
    await create(GRANT, "dsn", {
      secretId: secret.id,
      role: "roles/secretmanager.secretAccessor",
      member: String(account["member"]),
    });
    const made = await create(SERVICE, "api", service("api-1"));
    expect(made["latestReadyRevision"]).toBe("api-1-00001-abc");
  });

  test.each([
    [{ image: "ghcr.io/acme/web:1" }, "Expected an image path like"],
    [{ image: "docker.io/a/b:1", envs: [{ name: "PORT", value: "1" }] }, "reserved env names"],
    [
      { image: "docker.io/a/b:1", resources: { limits: { cpu: "1", memory: "8Gi" } } },
      "needs 2 cpu, not 1",
    ],
    [
      { image: "docker.io/a/b:1", resources: { limits: { cpu: "3" } } },
      "Invalid value specified for cpu",
    ],
  ])("a container with %j is refused", async (container, message) => {
    expect(await failures(SERVICE, { template: { containers: [container] } })).toContain(message);
  });
});

describe("the balancer", () => {
  test("serverless backends take no health checks and no timeouts", async () => {
    const template = { containers: [{ image: "docker.io/a/b:1" }] };
    await create(SERVICE, "api", { name: "api-1", location: "europe-west1", template });
    const { id } = await create(NEG, "api", {
      name: "neg",
      region: "europe-west1",
      networkEndpointType: "SERVERLESS",
      cloudRun: { service: "api-1" },
    });
    const backend = (name: string, more: Properties): Promise<unknown> =>
      create(BACKEND, name, { name, backends: [{ group: id }], ...more });
    const check = await create("gcp:compute/healthCheck:HealthCheck", "check", { name: "check" });
    await expect(backend("a", { healthChecks: check.id })).rejects.toThrow(
      "cannot have a healthcheck",
    );
    await expect(backend("b", { timeoutSec: 30 })).rejects.toThrow("Timeout sec");
    await backend("c", {});
  });

  test("a group of endpoints needs its service", async () => {
    const cloudRun = { service: "nobody" };
    const inputs = { name: "neg", region: "europe-west1", cloudRun };
    await expect(create(NEG, "neg", inputs)).rejects.toThrow("'nobody' was not found");
  });

  test("a policy has a last rule, and priorities once each", async () => {
    const type = "gcp:compute/securityPolicy:SecurityPolicy";
    const rule = { priority: 1, action: "allow", match: { config: { srcIpRanges: ["*"] } } };
    const said = await failures(type, { rules: [rule, rule] });
    expect(said).toContain("must have a default rule");
    expect(said).toContain("the same priority");
    expect(await failures(type, { rules: [{ ...rule, priority: 2147483647 }] })).toBe("");
  });
});

test.each([
  [
    "gcp:projects/iAMMember:IAMMember",
    { member: "api@acme.iam.gserviceaccount.com" },
    "invalid value for member",
  ],
  ["gcp:dns/managedZone:ManagedZone", { dnsName: "example.com" }, "must end with a dot"],
  ["gcp:storage/bucket:Bucket", { name: "google-drive" }, "without google"],
  [
    "gcp:redis/instance:Instance",
    { tier: "BASIC", replicaCount: 1 },
    "must be 0 for the BASIC tier",
  ],
  [
    "gcp:monitoring/alertPolicy:AlertPolicy",
    { conditions: [{ conditionThreshold: { filter: 'metric.type="a"', duration: "90s" } }] },
    "multiple of 60 seconds",
  ],
  [
    "gcp:vpcaccess/connector:Connector",
    { ipCidrRange: "10.8.0.0/24", minInstances: 2 },
    "must be /28",
  ],
])("%s with %j is refused", async (type, inputs, message) => {
  expect(await failures(type, inputs as unknown as Properties)).toContain(message);
});
