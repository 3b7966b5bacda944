import { only } from "../clouds/reader";
import type { Deployed, Properties } from "../support/deployed";
import type { CloudFacts } from "./facts";

const APP = "azure-native:app:ContainerApp";
const JOB = "azure-native:app:Job";

const parameter = (stack: Deployed, name: string, key: string): string | undefined =>
  stack
    .within(name, "azure-native:dbforpostgresql:Configuration")
    .find(({ inputs }) => inputs["configurationName"] === key)?.inputs["value"] as string;

const workspaceDays = (stack: Deployed, name: string): number =>
  Math.min(
    ...stack
      .within(name, "azure-native:operationalinsights:Workspace")
      .map(({ inputs }) => inputs["retentionInDays"] as number),
  );

export const azure: CloudFacts = {
  database: (stack, name) => {
    const server = only(name, stack.within(name, "azure-native:dbforpostgresql:Server")).inputs;
    const { delegatedSubnetResourceId, publicNetworkAccess } = server["network"] as Properties;
    const firewall = stack.within(name, "azure-native:dbforpostgresql:FirewallRule");
    return {
      // Flexible Server has no way to store anything unencrypted.
      encryption: server["dataEncryption"]?.type === "AzureKeyVault" ? "own key" : "platform's key",
      isPublic:
        delegatedSubnetResourceId === undefined ||
        publicNetworkAccess === "Enabled" ||
        firewall.length > 0,
      onlyTls: parameter(stack, name, "require_secure_transport")?.toUpperCase() === "ON",
      onlyPassword: server["authConfig"]?.passwordAuth !== "Disabled",
      backupDays: server["backup"].backupRetentionDays as number,
      logDays: workspaceDays(stack, name),
    };
  },

  cache: (stack, name) => {
    const cluster = only(name, stack.within(name, "azure-native:redisenterprise:RedisEnterprise"));
    const database = only(name, stack.within(name, "azure-native:redisenterprise:Database"));
    return {
      // Managed Redis encrypts its disks always.
      encryption: "platform's key",
      isPublic: cluster.inputs["publicNetworkAccess"] !== "Disabled",
      onlyTls: database.inputs["clientProtocol"] === "Encrypted",
      onlyPassword: database.inputs["accessKeysAuthentication"] === "Enabled",
    };
  },

  workload: (stack, name) => {
    const { inputs } = only(name, [...stack.within(name, APP), ...stack.within(name, JOB)]);
    const environment = stack.one("azure-native:app:ManagedEnvironment").inputs;
    return {
      user: inputs["tags"]["portolan-uid"] as string,
      isPublic:
        environment["vnetConfiguration"].internal !== true ||
        environment["publicNetworkAccess"] !== "Disabled",
      logDays: workspaceDays(stack, "network"),
    };
  },

  edge: (stack, name) => {
    const routes = stack.within(name, "azure-native:cdn:Route").map(({ inputs }) => inputs);
    const domains = stack.within(name, "azure-native:cdn:AFDCustomDomain");
    const tls = domains.map(({ inputs }) => inputs["tlsSettings"].minimumTlsVersion as string);
    return {
      ports: routes.length > 0 ? [80, 443] : [],
      redirectsHttp: routes.every((route) => route["httpsRedirect"] === "Enabled"),
      leastTls: tls.every((version) => version === "TLS13") ? "1.3" : "1.2",
      hasFirewall: stack.within(name, "azure-native:cdn:SecurityPolicy").length > 0,
    };
  },

  wildcards: (stack) => [
    ...stack.of("azure-native:authorization:RoleDefinition").flatMap(({ name, inputs }) =>
      (inputs["permissions"] as Properties[])
        .flatMap((each) => [...each["actions"], ...each["dataActions"]] as string[])
        .filter((action) => action.includes("*"))
        .map((action) => `${name}: ${action}`),
    ),
    // A role on a group or a subscription reaches everything in it.
    ...stack
      .of("azure-native:authorization:RoleAssignment")
      .filter(({ inputs }) => !/\/providers\/Microsoft\.[^/]+\/[^/]+\/[^/]+/.test(inputs["scope"]))
      .map(({ name, inputs }) => `${name}: ${inputs["scope"]}`),
  ],

  limits: [
    { type: APP, property: "containerAppName", max: 32 },
    { type: JOB, property: "jobName", max: 32 },
    { type: "azure-native:cdn:AFDEndpoint", property: "endpointName", max: 46 },
    { type: "azure-native:containerregistry:Registry", property: "registryName", max: 50 },
    { type: "azure-native:dbforpostgresql:Server", property: "serverName", max: 63 },
    { type: "azure-native:keyvault:Vault", property: "vaultName", max: 24 },
    { type: "azure-native:redisenterprise:RedisEnterprise", property: "clusterName", max: 60 },
    { type: "azure-native:resources:ResourceGroup", property: "resourceGroupName", max: 90 },
    { type: "azure-native:storage:StorageAccount", property: "accountName", max: 24 },
  ],

  refused: {
    config: { "portolan:network": { outbound: "zonal" } },
    sentence: /network\.outbound: .*zonal/,
  },
};
