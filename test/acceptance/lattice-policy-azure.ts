import { READERS } from "../clouds/readers";
import type { Deployed, Properties } from "../support/deployed";
import { all, environment } from "./checks";
import { latticePolicyOn } from "./lattice-policy";
import {
  databaseIsPrivate,
  admitted,
  APP,
  configuration,
  container,
  ENVIRONMENT,
  prefix,
  readable,
  rules,
  SCRIPT,
  SERVER,
  template,
  variable,
  workload,
} from "./azure-parts";
import type { Checks } from "./statements";

const PARAMETER = "azure-native:dbforpostgresql:Configuration";
const CLUSTER = "azure-native:redisenterprise:RedisEnterprise";
const DATABASE = "azure-native:redisenterprise:Database";
const VAULT = "azure-native:keyvault:Vault";
const GRANT = "azure-native:authorization:RoleAssignment";
const ROUTE = "azure-native:cdn:Route";
const ORIGIN = "azure-native:cdn:AFDOrigin";
const RULE = "azure-native:cdn:Rule";
const DOMAIN = "azure-native:cdn:AFDCustomDomain";
const WORKSPACE = "azure-native:operationalinsights:Workspace";

const COMMON = latticePolicyOn(READERS.azure);

/** How LatticePolicy's acceptance list shows on Azure. */
export const AZURE: Checks = {
  ...COMMON,

  1: all(COMMON[1], ({ prod }) => expect(prod.of(APP)).toHaveLength(2)),
  2: ({ prod }) => {
    for (const [name, port, path] of [
      ["api", 3000, "/health"],
      ["ui", 80, "/"],
    ] as const) {
      expect(configuration(prod, name)["ingress"].targetPort).toBe(port);
      const probes = container(prod, name)["probes"] as Properties[];
      const ready = probes.find(({ type }) => type === "Readiness");
      expect(ready?.["httpGet"]).toMatchObject({ path, port });
      expect(probes.map(({ type }) => type).sort()).toEqual(["Liveness", "Readiness", "Startup"]);
    }
  },
  3: ({ prod }) => {
    const { vnetConfiguration, publicNetworkAccess } = prod.one(ENVIRONMENT).inputs;
    expect(vnetConfiguration).toMatchObject({ internal: true });
    expect(publicNetworkAccess).toBe("Disabled");
    // The one public address is for the way out.
    const addresses = prod.of("azure-native:network:PublicIPAddress").map(({ name }) => name);
    expect(addresses).toEqual(["network-outbound-address"]);
    for (const { inputs } of prod.of(ORIGIN)) {
      const { privateLink, groupId } = inputs["sharedPrivateLinkResource"] as Properties;
      expect([privateLink.id, groupId]).toEqual([prod.one(ENVIRONMENT).id, "managedEnvironments"]);
    }
  },
  4: all(databaseIsPrivate, ({ prod }) => {
    expect(readable(prod, "ui")).not.toContain("database-url");
  }),
  5: ({ prod }) => {
    expect(prod.one(CLUSTER).inputs["publicNetworkAccess"]).toBe("Disabled");
    expect(prod.one(DATABASE).inputs).toMatchObject({ clientProtocol: "Encrypted", port: 10000 });
    expect(admitted(prod, "endpoints")).toEqual([
      `Allow ${prefix(prod, "apps")} 443+10000`,
      "Deny VirtualNetwork *",
    ]);
    expect(readable(prod, "migrate")).not.toContain("redis-url");
  },
  6: ({ staging, prod }) => {
    for (const [stack, days] of [
      [staging, 7],
      [prod, 30],
    ] as const) {
      expect(stack.one(SERVER).inputs["backup"]).toMatchObject({ backupRetentionDays: days });
    }
    // Flexible Server encrypts always; production does so with a key of its own.
    expect(prod.one(SERVER).inputs["dataEncryption"]).toMatchObject({ type: "AzureKeyVault" });
    const lock = prod.one("azure-native:authorization:ManagementLockByScope").inputs;
    expect(lock).toMatchObject({ level: "CanNotDelete", scope: prod.one(SERVER).id });
  },
  7: ({ prod }) =>
    expect(prod.one(SERVER).inputs["highAvailability"]).toMatchObject({ mode: "ZoneRedundant" }),
  8: all(COMMON[8], ({ prod }) => {
    // By reference to the vault: no value stands in the app itself.
    for (const { keyVaultUrl, value } of configuration(prod, "api")["secrets"] as Properties[]) {
      expect([typeof keyVaultUrl, value]).toEqual(["string", undefined]);
    }
  }),
  10: all(COMMON[10], ({ prod }) => {
    const vault = prod.one(VAULT, "secrets-vault");
    expect(vault.inputs["properties"]).toMatchObject({ enablePurgeProtection: true });
    expect(vault.protect).toBe(true);
  }),
  11: all(COMMON[11], environment(READERS.azure, "api", { PORT: "3000" })),
  12: all(COMMON[12], ({ prod }) => {
    // No role reaches further than one resource.
    for (const { inputs } of prod.of(GRANT)) {
      expect(inputs["scope"]).toMatch(/\/providers\/Microsoft\.[^/]+\/[^/]+\/[^/]+/);
    }
  }),
  14: { notApplicable: "about ECR; a registry of Azure can only lock single tags after the push" },
  17: ({ prod }) => {
    for (const { inputs } of prod.of(ROUTE)) {
      expect(inputs).toMatchObject({
        httpsRedirect: "Enabled",
        forwardingProtocol: "HttpsOnly",
        linkToDefaultDomain: "Disabled",
      });
    }
    const hosts = prod.of(DOMAIN).map(({ inputs }) => {
      expect(inputs["tlsSettings"]).toMatchObject({
        certificateType: "ManagedCertificate",
        minimumTlsVersion: "TLS12",
      });
      return inputs["hostName"] as string;
    });
    expect(hosts.sort()).toEqual(["api.example.com", "app.example.com"]);
  },
  18: ({ prod }) => {
    const run = prod.one(SCRIPT, "migrate-run");
    expect(prod.closure(workload(prod, "api"))).toContain(run.urn);
    expect(prod.closure(run)).toContain(workload(prod, "migrate").urn);
    expect(configuration(prod, "migrate")).toMatchObject({
      triggerType: "Manual",
      replicaRetryLimit: 0,
      manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 },
    });
  },
  20: ({ prod }) => {
    // Header -> rule -> origin group -> label of the candidate; see the test of releases.
    const rule = prod.one(RULE, "edge-candidate-api").inputs;
    expect((rule["conditions"] as Properties[])[0]?.["parameters"]).toMatchObject({
      selector: "x-portolan-candidate",
      matchValues: ["api"],
    });
    const [action] = rule["actions"] as Properties[];
    const group = String(action?.["parameters"].originGroupOverride.originGroup.id);
    const origin = prod.of(ORIGIN).find(({ id }) => id?.startsWith(`${group}/`));
    expect(origin?.inputs["hostName"]).toMatch(/^api---candidate\./);
  },
  21: ({ prod }) => {
    for (const name of ["api", "ui"]) {
      expect(configuration(prod, name)["maxInactiveRevisions"]).toBeGreaterThan(0);
      // A fixed suffix could not be used twice, and so not gone back to.
      expect(template(prod, name)["revisionSuffix"]).toBeUndefined();
    }
  },
  22: ({ prod }) => {
    const alerts = [
      ...prod.of("azure-native:monitor:MetricAlert"),
      ...prod.of("azure-native:monitor:ScheduledQueryRule"),
    ];
    expect(alerts.map(({ name }) => name.replace(/^alarms-/, ""))).toEqual(
      expect.arrayContaining([
        ...["api-errors", "api-latency", "api-unhealthy", "api-restarts"],
        ...["db-cpu", "db-storage", "db-connections", "cache-memory", "migrate-failed"],
      ]),
    );
    const group = String(prod.one("azure-native:monitor:ActionGroup").id);
    for (const { inputs } of alerts) expect(JSON.stringify(inputs["actions"])).toContain(group);
  },
  23: ({ staging, prod }) => {
    for (const [stack, days] of [
      [staging, 30],
      [prod, 90],
    ] as const) {
      const workspace = stack.one(WORKSPACE, "network-logs");
      expect(workspace.inputs["retentionInDays"]).toBe(days);
      const setting = stack.one(
        "azure-native:monitor:DiagnosticSetting",
        "network-apps-log-setting",
      );
      expect(setting.inputs["workspaceId"]).toBe(workspace.id);
      expect(setting.inputs["resourceUri"]).toBe(stack.one(ENVIRONMENT).id);
    }
  },
  24: ({ staging, prod }) => {
    expect(variable(prod, "api", "ASYNC_PUSH_ENABLED")?.["value"]).toBe("1");
    expect(template(prod, "api")["scale"].minReplicas).toBeGreaterThanOrEqual(1);
    expect(variable(staging, "api", "ASYNC_PUSH_ENABLED")?.["value"]).toBe("0");
  },
  25: { notApplicable: "about Google Cloud" },
  26: ({ prod }) => {
    const allowed = prod
      .of(PARAMETER)
      .find(({ inputs }) => inputs["configurationName"] === "azure.extensions");
    expect(allowed?.inputs["value"]).toBe("uuid-ossp");
    for (const job of ["migrate-run", "db-bootstrap-run"]) {
      expect(prod.closure(prod.one(SCRIPT, job))).toContain(allowed?.urn);
    }
  },
  27: ({ prod }) => {
    expect(prod.one(SERVER).protect).toBe(true);
    expect(prod.of("azure-native:authorization:ManagementLockByScope")).toHaveLength(1);
  },
  28: ({ staging, prod }) => {
    const outside = (stack: Deployed): string[] =>
      rules(stack, "apps", "Outbound")
        .filter(({ destinationAddressPrefix }) => destinationAddressPrefix === "Internet")
        .map(({ access, destinationPortRange }) => `${access} ${destinationPortRange}`);
    expect(outside(staging)).toEqual(["Deny *"]);
    expect(outside(prod)).toEqual(["Allow 443", "Deny *"]);
  },
};
