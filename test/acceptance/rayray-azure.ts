import { READERS } from "../clouds/readers";
import type { Deployed, Properties } from "../support/deployed";
import {
  ACCOUNT,
  alerts,
  APP,
  configuration,
  container,
  databaseIsPrivate,
  ENVIRONMENT,
  firewallRule,
  onlyTheseAddresses,
  parameters,
  prefix,
  reaches,
  readable,
  readiness,
  SCRIPT,
  SERVER,
  template,
  variable,
  workload,
} from "./azure-parts";
import { all } from "./checks";
import { controlsAreShown, rayrayOn, sendsHeaders } from "./rayray";
import type { Checks } from "./statements";

const ROUTE = "azure-native:cdn:Route";
const RULE = "azure-native:cdn:Rule";
const DOMAIN = "azure-native:cdn:AFDCustomDomain";
const FIREWALL = "azure-native:frontdoor:Policy";
const KEPT = "azure-native:storage:BlobContainerImmutabilityPolicy";
const EXPORT = "azure-native:operationalinsights:DataExport";
const SENTINEL = "azure-native:securityinsights:SentinelOnboardingState";

/** Rules of the sets that a route uses, in their order. */
function rulesOfRoute(stack: Deployed, backend: string): Properties[] {
  const route = stack.of(ROUTE).find(({ name }) => name.startsWith(`edge-route-${backend}-`));
  const sets = (route?.inputs["ruleSets"] as Properties[]).map(({ id }) => String(id));
  return sets.flatMap((set) =>
    stack
      .of(RULE)
      .filter(({ id }) => id?.startsWith(`${set}/`))
      .map(({ inputs }) => inputs),
  );
}

/** Headers that a route overwrites whatever is asked, by their names. */
const headers = (stack: Deployed, backend: string): Properties =>
  Object.fromEntries(
    rulesOfRoute(stack, backend)
      .filter(({ conditions }) => (conditions as unknown[]).length === 0)
      .flatMap(({ actions }) => actions as Properties[])
      .map(({ parameters: { headerAction, headerName, value } }) => {
        expect(headerAction).toBe("Overwrite");
        return [headerName, value];
      }),
  );

const COMMON = rayrayOn(READERS.azure);

/** How RayRay's acceptance list shows on Azure. */
export const AZURE: Checks = {
  ...COMMON,

  1: all(COMMON[1], ({ prod }) => {
    for (const [name, port, uid] of [
      ["api", 8000, "1000"],
      ["web", 3000, "1001"],
    ] as const) {
      expect(configuration(prod, name)["ingress"].targetPort).toBe(port);
      // Container Apps sets no user: the image's does, and the tag says which one is expected.
      expect(workload(prod, name).inputs["tags"]).toMatchObject({ "portolan-uid": uid });
    }
  }),
  2: ({ prod }) => {
    const { httpGet, ...timing } = readiness(prod, "api");
    expect(httpGet).toMatchObject({ path: "/health", port: 8000 });
    expect(timing).toMatchObject({ periodSeconds: 30, successThreshold: 2, failureThreshold: 3 });
  },
  3: ({ staging, prod }) => {
    for (const app of [...staging.of(APP), ...prod.of(APP)]) {
      expect(JSON.stringify(app.inputs["template"])).not.toContain("/health/llm");
    }
  },
  4: all(onlyTheseAddresses("network-outbound-address"), ({ prod }) => {
    for (const { inputs } of prod.of(ROUTE)) {
      expect(inputs).toMatchObject({ httpsRedirect: "Enabled", linkToDefaultDomain: "Disabled" });
    }
  }),
  5: ({ prod }) => {
    const { action, matchConditions } = firewallRule(prod, "OtherNetworks");
    expect(action).toBe("Block");
    expect(matchConditions).toEqual([
      expect.objectContaining({
        matchVariable: "SocketAddr",
        negateCondition: true,
        matchValue: ["198.51.100.0/24"],
      }),
    ]);
  },
  6: ({ prod }) => {
    expect(prod.of(DOMAIN)).toHaveLength(2);
    for (const { inputs } of prod.of(DOMAIN)) {
      expect(inputs["tlsSettings"]).toMatchObject({ minimumTlsVersion: "TLS12" });
    }
  },
  7: ({ prod }) => {
    const { parameters: binding } = prod.one("azure-native:cdn:SecurityPolicy").inputs;
    const { wafPolicy, associations } = binding as Properties;
    const policy = prod.one(FIREWALL);
    expect(wafPolicy.id).toBe(policy.id);
    expect(policy.inputs["policySettings"]).toMatchObject({ mode: "Prevention" });
    expect((policy.inputs["managedRules"] as Properties)["managedRuleSets"]).not.toEqual([]);
    const guarded = JSON.stringify(associations);
    for (const { id } of prod.of(DOMAIN)) expect(guarded).toContain(id);
  },
  8: all(databaseIsPrivate, ({ prod }) => expect(prod.one(SERVER).inputs["version"]).toBe("16")),
  9: all(COMMON[9], ({ prod }) => expect(parameters(prod)["require_secure_transport"]).toBe("on")),
  10: ({ prod }) =>
    expect(parameters(prod)).toMatchObject({
      log_connections: "on",
      log_disconnections: "on",
      log_statement: "ddl",
      max_connections: "100",
      password_encryption: "scram-sha-256",
    }),
  11: all(databaseIsPrivate, ({ prod }) => {
    expect(prefix(prod, "apps")).toMatch(/^10\./);
    expect(readable(prod, "api")).toContain("database-url");
    expect(readable(prod, "migrate")).toEqual(["database-url"]);
    expect(readable(prod, "web")).toEqual([]);
  }),
  12: all(COMMON[12], ({ prod }) =>
    expect(parameters(prod)["azure.extensions"]).toBe("pgcrypto,uuid-ossp"),
  ),
  13: ({ prod }) => {
    expect(prod.one(SERVER).inputs["dataEncryption"]).toMatchObject({ type: "AzureKeyVault" });
    expect(prod.one(ACCOUNT, "uploads-store").inputs["encryption"]).toMatchObject({
      keySource: "Microsoft.Keyvault",
      requireInfrastructureEncryption: true,
    });
  },
  14: all(COMMON[14], ({ prod }) =>
    expect(variable(prod, "api", "JWT_SECRET")).toEqual({
      name: "JWT_SECRET",
      secretRef: "jwt-secret",
    }),
  ),
  18: ({ prod }) => {
    const path = variable(prod, "api", "UPLOAD_DIR")?.["value"];
    const mount = (container(prod, "api")["volumeMounts"] as Properties[]).find(
      ({ mountPath }) => mountPath === path,
    );
    const volume = (template(prod, "api")["volumes"] as Properties[]).find(
      ({ name }) => name === mount?.["volumeName"],
    );
    expect(volume).toMatchObject({
      storageType: "AzureFile",
      mountOptions: expect.stringMatching(/uid=1000,gid=1000,dir_mode=0770,file_mode=0660/),
    });
    const storage = prod.one("azure-native:app:ManagedEnvironmentsStorage");
    expect(storage.inputs["storageName"]).toBe(volume?.["storageName"]);
    expect((storage.inputs["properties"] as Properties)["azureFile"].accessMode).toBe("ReadWrite");
    expect(prod.closure(workload(prod, "api"))).toContain(storage.urn);
  },
  19: sendsHeaders((stack) => headers(stack, "api")),
  20: ({ prod }) => {
    const allowing = rulesOfRoute(prod, "api").filter(({ actions }) =>
      JSON.stringify(actions).includes("Access-Control-Allow-Origin"),
    );
    // The one rule that allows anything asks for the one origin.
    expect(allowing).toHaveLength(1);
    expect((allowing[0]?.["conditions"] as Properties[])[0]?.["parameters"]).toMatchObject({
      selector: "Origin",
      operator: "Equal",
      matchValues: [prod.outputs["webUrl"]],
    });
  },
  21: all(COMMON[21], ({ prod }) =>
    expect(configuration(prod, "migrate")).toMatchObject({
      triggerType: "Manual",
      replicaRetryLimit: 0,
    }),
  ),
  23: ({ staging, prod }) => {
    expect(prod.of(KEPT)).toHaveLength(2);
    for (const policy of prod.of(KEPT)) {
      expect(policy.inputs).toMatchObject({
        immutabilityPeriodSinceCreationInDays: 2557,
        allowProtectedAppendWrites: true,
      });
      // Azure makes no locked policy: a script locks it, and fails the update if it cannot.
      const lock = prod
        .of(SCRIPT)
        .find(({ inputs }) =>
          (inputs["environmentVariables"] as Properties[]).some(({ value }) => value === policy.id),
        );
      expect(lock?.inputs["environmentVariables"]).toContainEqual({ name: "DAYS", value: "2557" });
      expect(lock?.inputs["scriptContent"]).toContain("$api/lock?");
    }
    const kept = ["azure-native:storage:BlobContainer", KEPT, ACCOUNT].flatMap((type) =>
      prod.of(type).filter(({ name }) => name.startsWith("audit")),
    );
    expect(kept.length).toBeGreaterThanOrEqual(5);
    for (const { protect } of kept) expect(protect).toBe(true);
    // Elsewhere for a day, so that a trial can be removed on the next.
    for (const lock of staging.of(SCRIPT).filter(({ name }) => name.endsWith("-lock"))) {
      expect(lock.inputs["environmentVariables"]).toContainEqual({ name: "DAYS", value: "1" });
    }
  },
  24: ({ prod }) =>
    expect(alerts(prod)).toEqual(
      expect.arrayContaining([
        ...["authentication-failures", "rate-limit-breaches", "hash-verification"],
        ...["connections-refused", "connection-timeouts"],
        ...["api-unhealthy", "web-unhealthy", "api-errors"],
      ]),
    ),
  25: ({ prod }) => {
    const account = prod.of(ACCOUNT).find(({ name }) => name === "audit");
    const tables = prod.of(EXPORT).map(({ inputs }) => {
      expect(inputs).toMatchObject({ resourceId: account?.id, enable: true });
      return inputs["tableNames"] as string[];
    });
    expect(tables.flat().sort()).toEqual(["ContainerAppConsoleLogs", "PGSQLServerLogs"]);
    const watched = prod.of(SENTINEL).map(({ inputs }) => inputs["workspaceName"]);
    expect(watched.sort()).toEqual(
      prod
        .of(EXPORT)
        .map(({ inputs }) => inputs["workspaceName"])
        .sort(),
    );
  },
  26: ({ prod }) => {
    const allowed = reaches(prod, "apps").filter((way) => way.startsWith("Allow"));
    const own = ["apps", "postgres", "endpoints"].map((subnet) => prefix(prod, subnet));
    for (const way of allowed) {
      const [, to = "", port] = way.split(" ");
      // Beyond the stores only HTTPS: to Azure's own services and, for the LLM, to the internet.
      if (!own.includes(to)) expect([to, port]).toEqual([to, "443"]);
    }
    expect(reaches(prod, "apps").slice(-2)).toEqual(["Deny VirtualNetwork *", "Deny Internet *"]);
  },
  27: ({ prod }) => {
    for (const { inputs } of prod.of(ROUTE)) expect(inputs["forwardingProtocol"]).toBe("HttpsOnly");
    for (const name of ["api", "web"]) {
      expect(configuration(prod, name)["ingress"].allowInsecure).toBe(false);
    }
    expect(prod.one(ENVIRONMENT).inputs["peerTrafficConfiguration"]).toEqual({
      encryption: { enabled: true },
    });
  },
  28: {
    check: controlsAreShown("SA-10: tags cannot be moved"),
    missing: "a registry of Azure can only lock single tags, after the push",
  },
  29: ({ prod }) => {
    const server = prod.one(SERVER);
    expect(server.inputs["backup"]).toMatchObject({ backupRetentionDays: 35 });
    expect(server.protect).toBe(true);
    expect(prod.one("azure-native:authorization:ManagementLockByScope").inputs["scope"]).toBe(
      server.id,
    );
    const item = prod.one("azure-native:recoveryservices:ProtectedItem");
    const policy = prod.one("azure-native:recoveryservices:ProtectionPolicy");
    expect((item.inputs["properties"] as Properties)["policyId"]).toBe(policy.id);
    expect(JSON.stringify(policy.inputs["properties"])).toContain('"count":35');
    expect(prod.one(ACCOUNT, "uploads-store").protect).toBe(true);
  },
};
