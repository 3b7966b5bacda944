import { eachOf, forgotten, gone, merge, set, type Props, type Wire } from "./wiring";

const NSG = "azure-native:network:NetworkSecurityGroup";
const SUBNET = "azure-native:network:Subnet";
const LINK = "azure-native:privatedns:VirtualNetworkLink";
const APP = "azure-native:app:ContainerApp";
const ENVIRONMENT = "azure-native:app:ManagedEnvironment";
const REACH = ["declared-use-reachable"];
/** Names of vaults are for the platform, not for a store's clients. */
const VAULTS = ["azure-keyvault-network", "azure-private-endpoint-dns"];
const ROLES = ["azure-acr-pull-role-first", "azure-containerapp-keyvault-role-first"];
const PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
const READ_SECRET = "4633458b-17de-408a-b874-0445c86b69e6";

const opensStore = (rule: Props): boolean =>
  rule["access"] === "Allow" &&
  /\b(5432|10000)\b/.test(
    JSON.stringify([rule["destinationPortRange"], rule["destinationPortRanges"]]),
  );
const grantsApps = (props: Props): boolean =>
  [PULL, READ_SECRET].some((role) => String(props["roleDefinitionId"]).endsWith(role));
const delegated = (to: string) => (props: Props) =>
  JSON.stringify(props["delegations"] ?? []).includes(to);

export const AZURE_WIRES: readonly Wire[] = [
  { type: LINK, what: "gone", rules: [...REACH, ...VAULTS], spoil: gone },
  {
    ...{ type: LINK, what: "nothing waits for it", rules: ["azure-pg-private-dns-link-first"] },
    only: (props) => String(props["privateZoneName"]).includes("postgres"),
    spoil: forgotten,
  },
  {
    type: "azure-native:network:PrivateDnsZoneGroup",
    ...{ what: "gone", rules: [...REACH, ...VAULTS] },
    spoil: gone,
  },
  {
    type: "azure-native:network:PrivateEndpoint",
    ...{ what: "gone", rules: [...REACH, ...VAULTS] },
    spoil: gone,
  },
  {
    ...{ type: NSG, what: "a rule gone", rules: REACH },
    spoil: eachOf("securityRules", (rule) => (opensStore(rule) ? undefined : rule)),
  },
  {
    ...{ type: NSG, what: "a rule for another port", rules: REACH },
    spoil: eachOf("securityRules", (rule) =>
      opensStore(rule)
        ? { ...rule, destinationPortRanges: undefined, destinationPortRange: "9" }
        : rule,
    ),
  },
  {
    ...{ type: NSG, what: "nobody refused", rules: ["store-clients-only"] },
    spoil: eachOf("securityRules", (rule) =>
      rule["access"] === "Deny" && rule["sourceAddressPrefix"] === "VirtualNetwork"
        ? undefined
        : rule,
    ),
  },
  {
    ...{ type: SUBNET, what: "no security group", rules: ["store-clients-only"] },
    only: (props) =>
      delegated("PostgreSQL")(props) || props["privateEndpointNetworkPolicies"] === "Enabled",
    spoil: set("networkSecurityGroup", undefined),
  },
  {
    ...{ type: SUBNET, what: "groups do not count", rules: ["store-clients-only"] },
    only: (props) => props["privateEndpointNetworkPolicies"] === "Enabled",
    spoil: set("privateEndpointNetworkPolicies", "Disabled"),
  },
  {
    ...{ type: SUBNET, what: "no delegation", rules: ["azure-pg-subnet-delegated"] },
    only: delegated("PostgreSQL"),
    spoil: set("delegations", undefined),
  },
  {
    ...{ type: SUBNET, what: "no delegation", rules: ["azure-cae-subnet-delegation"] },
    only: delegated("Microsoft.App"),
    spoil: set("delegations", undefined),
  },
  {
    ...{ type: ENVIRONMENT, what: "outside the network", rules: REACH },
    spoil: set("vnetConfiguration", undefined),
  },
  {
    ...{ type: ENVIRONMENT, what: "open", rules: ["internet-edge-only"] },
    spoil: merge((props) => ({
      publicNetworkAccess: "Enabled",
      vnetConfiguration: { ...(props["vnetConfiguration"] as Props), internal: false },
    })),
  },
  {
    ...{ type: APP, what: "inside its environment only", rules: REACH },
    only: ({ configuration }) => external(configuration),
    spoil: set("configuration.ingress.external", false),
  },
  {
    ...{ type: APP, what: "no ingress", rules: REACH },
    only: ({ configuration }) => external(configuration),
    spoil: set("configuration.ingress", undefined),
  },
  {
    type: "azure-native:cdn:AFDOrigin",
    ...{ what: "no private connection", rules: [...REACH, "azure-fd-origin-lockdown"] },
    spoil: set("sharedPrivateLinkResource", undefined),
  },
  {
    ...{ type: "azure-native:authorization:RoleAssignment", what: "gone", rules: ROLES },
    ...{ only: grantsApps, spoil: gone },
  },
  {
    type: "azure-native:authorization:RoleAssignment",
    ...{ what: "nothing waits for it", rules: ROLES, only: grantsApps, spoil: forgotten },
  },
  {
    ...{ type: "azure-native:redisenterprise:Database", what: "another port", rules: REACH },
    spoil: set("port", 10001),
  },
  {
    ...{ type: "azure-native:redisenterprise:RedisEnterprise", what: "public" },
    ...{ rules: ["internet-edge-only"], spoil: set("publicNetworkAccess", "Enabled") },
  },
  {
    ...{ type: "azure-native:dbforpostgresql:Server", what: "no zone" },
    rules: [...REACH, "azure-pg-private-dns-link-first"],
    spoil: set("network.privateDnsZoneArmResourceId", undefined),
  },
];

function external(configuration: unknown): boolean {
  return (
    ((configuration as Props | undefined)?.["ingress"] as Props | undefined)?.["external"] === true
  );
}
