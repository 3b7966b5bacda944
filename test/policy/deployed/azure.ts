import type { Spoils } from "./row";
import { appended, merged, REMOVED } from "./spoil";

const openTo = (source: string, port: string) => ({
  name: "open",
  access: "Allow",
  direction: "Inbound",
  protocol: "*",
  priority: 100,
  sourceAddressPrefix: source,
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: port,
});
const OWNER =
  "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const container = (path: string) => `template.containers.*.${path}`;
const CONTAINERS = [
  [container("image"), "registry.example.com/web:latest", "image-pinned"],
  [container("image"), "nginx:1.27", "container-non-root"],
  [
    container("env"),
    appended({ name: "CLIENT_SECRET", value: "Tr0ub4dor" }),
    "secret-in-environment",
  ],
] as const;

/** What deployed resources of Azure can lose. */
export const AZURE: Spoils = {
  properties: {
    "azure-native:dbforpostgresql:Server": [
      ["network", { publicNetworkAccess: "Enabled" }, "database-public-endpoint"],
      ["network", REMOVED, "database-public-endpoint"],
      ["backup.backupRetentionDays", 0, "database-backup"],
      ["highAvailability", REMOVED, "database-standby"],
    ],
    "azure-native:dbforpostgresql:Configuration": [
      [
        "value",
        "off",
        "store-tls",
        (props) => props["configurationName"] === "require_secure_transport",
      ],
    ],
    "azure-native:redisenterprise:RedisEnterprise": [
      ["publicNetworkAccess", "Enabled", "database-public-endpoint"],
      ["minimumTlsVersion", "1.0", "tls-version"],
    ],
    "azure-native:redisenterprise:Database": [["clientProtocol", "Plaintext", "store-tls"]],
    "azure-native:storage:StorageAccount": [
      ["minimumTlsVersion", "TLS1_0", "tls-version"],
      ["minimumTlsVersion", REMOVED, "tls-version"],
      ["enableHttpsTrafficOnly", false, "store-tls"],
      ["allowBlobPublicAccess", true, "bucket-public"],
      [
        "",
        merged({ publicNetworkAccess: "Enabled", networkRuleSet: undefined }),
        "private-endpoints",
      ],
    ],
    "azure-native:network:NetworkSecurityGroup": [
      ["securityRules", appended(openTo("*", "*")), "ingress-every-port"],
      ["securityRules", appended(openTo("Internet", "5432")), "database-port-world"],
      ["securityRules", appended(openTo("0.0.0.0/0", "22")), "admin-port-world"],
      ["securityRules", appended(openTo("::/0", "6379-6400")), "database-port-world"],
      ["securityRules", appended(openTo("Any", "8080")), "ingress-other-port"],
    ],
    "azure-native:app:ContainerApp": [
      ...CONTAINERS,
      ["configuration.ingress.allowInsecure", true, "edge-https"],
      [
        "configuration.ingress.external",
        true,
        "model-server-private",
        ({ targetPort }) => targetPort === 11434,
      ],
    ],
    "azure-native:app:Job": CONTAINERS,
    "azure-native:app:ManagedEnvironment": [
      ["vnetConfiguration", REMOVED, "private-endpoints"],
      [
        "",
        merged({ publicNetworkAccess: "Enabled", vnetConfiguration: { internal: false } }),
        "edge-bypass",
        undefined,
        "azure-native:app:ContainerApp",
      ],
    ],
    "azure-native:keyvault:Vault": [
      ["properties.enablePurgeProtection", REMOVED, "deletion-protection"],
      [
        "properties",
        merged({ publicNetworkAccess: "enabled", networkAcls: undefined }),
        "private-endpoints",
      ],
    ],
    "azure-native:containerregistry:Registry": [
      ["adminUserEnabled", true, "store-auth"],
      ["anonymousPullEnabled", true, "service-public"],
    ],
    "azure-native:operationalinsights:Workspace": [
      ["retentionInDays", 0, "log-retention"],
      ["retentionInDays", 7, "log-retention-minimum"],
    ],
    "azure-native:cdn:AFDCustomDomain": [["tlsSettings.minimumTlsVersion", "TLS10", "tls-version"]],
    "azure-native:cdn:Route": [["httpsRedirect", "Disabled", "edge-https"]],
    "azure-native:authorization:RoleAssignment": [["roleDefinitionId", OWNER, "iam-admin"]],
    "azure-native:authorization:RoleDefinition": [["permissions.*.actions", ["*"], "iam-admin"]],
  },
  missing: { "azure-native:cdn:SecurityPolicy": "edge-firewall" },
};
