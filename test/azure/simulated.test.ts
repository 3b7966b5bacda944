import * as fs from "node:fs";
import * as os from "node:os";
import path from "node:path";
import { provider } from "../../sandbox/azure-native/index";
import { Catalogue } from "../../sandbox/lib/catalogue";
import { answersTo } from "../../sandbox/lib/refusals";
import { Resources } from "../../sandbox/lib/resources";
import { Seal } from "../../sandbox/lib/seal";
import { Store } from "../../sandbox/lib/store";
import { plain, secret, UNKNOWN, type Plain, type Properties } from "../../sandbox/lib/values";
import { SUBSCRIPTION } from "./context";

const GROUP = "azure-native:resources:ResourceGroup";
const VNET = "azure-native:network:VirtualNetwork";
const SUBNET = "azure-native:network:Subnet";
const ZONE = "azure-native:privatedns:PrivateZone";
const LINK = "azure-native:privatedns:VirtualNetworkLink";
const SERVER = "azure-native:dbforpostgresql:Server";
const VAULT = "azure-native:keyvault:Vault";
const SECRET = "azure-native:keyvault:Secret";
const LOCK = "azure-native:authorization:ManagementLockByScope";
const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
const GRANT = "azure-native:authorization:RoleAssignment";
const JOB = "azure-native:app:Job";
const APP = "azure-native:app:ContainerApp";
const ENVIRONMENT = "azure-native:app:ManagedEnvironment";
const SCRIPT = "azure-native:resources:AzureCliScript";

const ROLE = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6`;

let folder: string;
let catalogue: Catalogue;
let resources: Resources;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "simulated-azure-"));
  process.env.SANDBOX_CLOUD = folder;
  catalogue = new Catalogue(provider, () => Promise.resolve({}));
  const store = new Store(folder, "azure-native", new Seal("test"));
  const config = { subscriptionId: SUBSCRIPTION, location: "westeurope" };
  resources = new Resources(provider, catalogue, store, config);
  await create(GROUP, "rg", { resourceGroupName: "rg" });
});

afterEach(() => {
  delete process.env.SANDBOX_CLOUD;
  fs.rmSync(folder, { recursive: true });
});

type Made = Record<string, Plain> & { id: string };

const urnOf = (type: string, name: string): string => `urn:pulumi:test::test::${type}::${name}`;

/** Creates an object and gives its outputs, the ID among them. */
async function create(type: string, name: string, inputs: Properties): Promise<Made> {
  const made = await resources.create({ type, urn: urnOf(type, name), id: "" }, inputs);
  return { ...(plain(made.outputs) as Record<string, Plain>), id: made.id };
}

const remove = async (type: string, name: string, { id }: Made): Promise<void> =>
  resources.remove({ type, urn: urnOf(type, name), id }, {});

async function failures(type: string, inputs: Properties): Promise<string> {
  const { validate, rules = [] } = await catalogue.table(type);
  const arguments_ = (validate?.(plain(inputs)) ?? []).map(({ reason }) => reason);
  return [...arguments_, ...answersTo(type, "it", rules, plain(inputs))].join("\n");
}

const inGroup = { resourceGroupName: "rg" };

async function network(): Promise<{ vnet: Made; subnet: Made; zone: Made }> {
  const vnet = await create(VNET, "vnet", { ...inGroup, virtualNetworkName: "vnet" });
  const subnet = await create(SUBNET, "db", {
    ...inGroup,
    virtualNetworkName: "vnet",
    subnetName: "db",
    delegations: [{ name: "db", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
  });
  const zone = await create(ZONE, "zone", {
    ...inGroup,
    privateZoneName: "db.private.postgres.database.azure.com",
    location: "global",
  });
  return { vnet, subnet, zone };
}

const linkTo = (vnet: Made): Promise<Made> =>
  create(LINK, "link", {
    ...inGroup,
    privateZoneName: "db.private.postgres.database.azure.com",
    virtualNetworkLinkName: "link",
    location: "global",
    virtualNetwork: { id: vnet.id },
  });

const serverIn = (subnet: Made, zone: Made): Promise<Made> =>
  create(SERVER, "server", {
    ...inGroup,
    serverName: "db1",
    administratorLoginPassword: secret("hidden-Value-1"),
    network: { delegatedSubnetResourceId: subnet.id, privateDnsZoneArmResourceId: zone.id },
  });

async function environment(): Promise<Made> {
  return create(ENVIRONMENT, "env", { ...inGroup, environmentName: "env" });
}

test("ids are those of the resource manager", async () => {
  const { subnet } = await network();
  expect(subnet.id).toBe(
    `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/db`,
  );
});

test("a resource needs its group, and a child its parent", async () => {
  const inputs = { resourceGroupName: "nowhere", virtualNetworkName: "vnet" };
  await expect(create(VNET, "vnet", inputs)).rejects.toThrow(/ResourceGroupNotFound: .*nowhere/);
  const orphan = { ...inGroup, virtualNetworkName: "none", subnetName: "a" };
  await expect(create(SUBNET, "a", orphan)).rejects.toThrow(/ParentResourceNotFound/);
});

test("a server in a network waits for the link of its zone", async () => {
  const { vnet, subnet, zone } = await network();
  await expect(serverIn(subnet, zone)).rejects.toThrow(/PrivateDnsZoneNotLinked/);
  await linkTo(vnet);
  const server = await serverIn(subnet, zone);
  expect(server.fullyQualifiedDomainName).toBe("db1.postgres.database.azure.com");
  expect(JSON.stringify(server)).not.toContain("hidden");
});

test("what is in use or holds children is not deleted", async () => {
  const { vnet, subnet, zone } = await network();
  const link = await linkTo(vnet);
  const server = await serverIn(subnet, zone);
  await expect(remove(SUBNET, "db", subnet)).rejects.toThrow(/InUseSubnetCannotBeDeleted/);
  await expect(remove(VNET, "vnet", vnet)).rejects.toThrow(/still holds/);
  await expect(remove(ZONE, "zone", zone)).rejects.toThrow(/still holds/);
  await remove(SERVER, "server", server);
  await remove(SUBNET, "db", subnet);
  await remove(LINK, "link", link);
  await remove(ZONE, "zone", zone);
  await remove(VNET, "vnet", vnet);
});

test("a lock keeps a server until it is taken away", async () => {
  const { vnet, subnet, zone } = await network();
  await linkTo(vnet);
  const server = await serverIn(subnet, zone);
  const lock = await create(LOCK, "lock", { scope: server.id, lockName: "no-deletion" });
  await expect(remove(SERVER, "server", server)).rejects.toThrow(/ScopeLocked: .*no-deletion/);
  await remove(LOCK, "lock", lock);
  await remove(SERVER, "server", server);
});

test("a deleted vault keeps its name; its secrets are never shown", async () => {
  const inputs = { ...inGroup, vaultName: "kv-one", properties: { softDeleteRetentionInDays: 7 } };
  const vault = await create(VAULT, "vault", inputs);
  const stored = await create(SECRET, "one", {
    ...inGroup,
    vaultName: "kv-one",
    secretName: "one",
    properties: { value: secret("hidden-Value-1") },
  });
  expect(stored.properties.secretUri).toBe("https://kv-one.vault.azure.net/secrets/one");
  expect(JSON.stringify(stored)).not.toContain("hidden");
  await remove(VAULT, "vault", vault);
  await expect(create(VAULT, "vault", inputs)).rejects.toThrow(/exists in deleted state: kv-one/);
});

test("an app needs the roles it reads its secrets by, and gets a revision per template", async () => {
  const env = await environment();
  await create(VAULT, "vault", { ...inGroup, vaultName: "kv-two", properties: {} });
  const stored = await create(SECRET, "one", {
    ...inGroup,
    vaultName: "kv-two",
    secretName: "one",
    properties: { value: "x" },
  });
  const identity = await create(IDENTITY, "id", { ...inGroup, resourceName: "id" });
  const inputs = (image: string): Properties => ({
    ...inGroup,
    containerAppName: "api",
    environmentId: env.id,
    identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    configuration: {
      ingress: { external: true, targetPort: 3000 },
      secrets: [{ name: "one", keyVaultUrl: stored.properties.secretUri, identity: identity.id }],
    },
    template: { containers: [{ name: "api", image }] },
  });
  await expect(create(APP, "app", inputs("a:1"))).rejects.toThrow(
    /Unable to get value using Managed identity/,
  );
  await create(GRANT, "grant", {
    principalId: identity.principalId,
    principalType: "ServicePrincipal",
    roleDefinitionId: ROLE,
    scope: stored.id,
  });
  const app = await create(APP, "app", inputs("a:1"));
  expect(app.configuration.ingress.fqdn).toMatch(/^api\..*\.westeurope\.azurecontainerapps\.io$/);
  expect(app.latestRevisionName).toMatch(/^api--[0-9a-f]{7}$/);

  const target = { type: APP, urn: urnOf(APP, "app"), id: app.id };
  const same = plain(await resources.update(target, app, inputs("a:1"), inputs("a:1")));
  expect(same.latestRevisionName).toBe(app.latestRevisionName);
  const next = plain(await resources.update(target, same, inputs("a:1"), inputs("a:2")));
  expect(next.latestRevisionName).not.toBe(app.latestRevisionName);
  expect(next.configuration.ingress.fqdn).toBe(app.configuration.ingress.fqdn);
});

test("a preview does not know what is computed inside a given object", async () => {
  const target = { type: SECRET, urn: urnOf(SECRET, "one"), id: "" };
  const inputs = { ...inGroup, vaultName: "kv", secretName: "one", properties: { value: "x" } };
  const shown = await resources.previewCreate(target, inputs);
  expect(shown.properties).toEqual({ secretUri: UNKNOWN, secretUriWithVersion: UNKNOWN });
});

test("a script ends as the job it starts, and needs a role to start it", async () => {
  const env = await environment();
  const identity = await create(IDENTITY, "id", { ...inGroup, resourceName: "id" });
  const job = await create(JOB, "job", { ...inGroup, jobName: "migrate", environmentId: env.id });
  const inputs = (tag: string): Properties => ({
    ...inGroup,
    scriptName: `run-${tag}`,
    forceUpdateTag: tag,
    identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    environmentVariables: [{ name: "JOB", value: job.id }],
  });
  await expect(create(SCRIPT, "run", inputs("1"))).rejects.toThrow(/AuthorizationFailed/);
  await create(GRANT, "grant", {
    principalId: identity.principalId,
    principalType: "ServicePrincipal",
    roleDefinitionId: ROLE,
    scope: job.id,
  });
  await create(SCRIPT, "run", inputs("1"));
  fs.writeFileSync(path.join(folder, "azure-job-exits.json"), '{"migrate": 3}');
  await expect(create(SCRIPT, "run", inputs("2"))).rejects.toThrow(/ended as Failed.*exit code 3/);
});

test.each<[string, Properties, RegExp]>([
  [
    APP,
    { template: { containers: [{ resources: { cpu: 1, memory: "1Gi" } }] } },
    /InvalidResourceTotal/,
  ],
  [
    APP,
    { template: { containers: [{ env: [{ name: "A", secretRef: "a" }] }] } },
    /SecretRefNotFound/,
  ],
  [ZONE, { location: "westeurope" }, /LocationNotAvailableForResourceType/],
  [VAULT, { properties: { enablePurgeProtection: false } }, /cannot be set to false/],
  [VAULT, { vaultName: "1-is-no-name" }, /VaultNameNotValid/],
  [SERVER, { administratorLogin: "root" }, /reserved/],
  [SERVER, { sku: { name: "Standard_D2ds_v5", tier: "Burstable" } }, /does not go with/],
  [SERVER, { storage: { storageSizeGB: 20 } }, /32, 64, 128/],
  ["azure-native:storage:StorageAccount", { accountName: "no-hyphens" }, /AccountNameInvalid/],
  [
    "azure-native:containerregistry:Registry",
    { registryName: "no-hyphens" },
    /RegistryNameInvalid/,
  ],
  ["azure-native:cdn:RuleSet", { ruleSetName: "no-hyphens" }, /letters and digits/],
  [
    "azure-native:monitor:ActionGroup",
    { location: "global", groupShortName: "morethantwelve" },
    /12/,
  ],
  ["azure-native:monitor:MetricAlert", { location: "global", windowSize: "PT10M" }, /is none of/],
  [GRANT, { roleDefinitionId: "Reader" }, /InvalidRoleDefinitionId/],
])("%s with %j is refused", async (type, inputs, message) => {
  expect(await failures(type, inputs)).toMatch(message);
});
