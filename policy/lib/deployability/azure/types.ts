/** Type tokens that several rules on Azure name. */
export const APP = "azure-native:app:ContainerApp";
export const JOB = "azure-native:app:Job";
export const ENVIRONMENT = "azure-native:app:ManagedEnvironment";
export const ENVIRONMENT_STORAGE = "azure-native:app:ManagedEnvironmentsStorage";
export const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
export const ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment";
export const ROLE_DEFINITION = "azure-native:authorization:RoleDefinition";
export const VAULT = "azure-native:keyvault:Vault";
export const VAULT_SECRET = "azure-native:keyvault:Secret";
export const ACCESS_POLICY = "azure-native:keyvault:AccessPolicy";
export const REGISTRY = "azure-native:containerregistry:Registry";
export const NETWORK = "azure-native:network:VirtualNetwork";
export const SUBNET = "azure-native:network:Subnet";
export const PRIVATE_ENDPOINT = "azure-native:network:PrivateEndpoint";
export const ZONE_GROUP = "azure-native:network:PrivateDnsZoneGroup";
export const ZONE = "azure-native:privatedns:PrivateZone";
export const ZONE_LINK = "azure-native:privatedns:VirtualNetworkLink";
export const ZONE_RECORD = "azure-native:privatedns:PrivateRecordSet";
export const POSTGRES = "azure-native:dbforpostgresql:Server";
export const POSTGRES_FIREWALL = "azure-native:dbforpostgresql:FirewallRule";
export const POSTGRES_SETTING = "azure-native:dbforpostgresql:Configuration";
export const REDIS = "azure-native:redis:Redis";
export const MANAGED_REDIS = "azure-native:redisenterprise:RedisEnterprise";
export const MANAGED_REDIS_DATABASE = "azure-native:redisenterprise:Database";
export const STORAGE = "azure-native:storage:StorageAccount";
export const FRONT_DOOR = "azure-native:cdn:Profile";
export const ENDPOINT = "azure-native:cdn:AFDEndpoint";
export const ORIGIN_GROUP = "azure-native:cdn:AFDOriginGroup";
export const ORIGIN = "azure-native:cdn:AFDOrigin";
export const ROUTE = "azure-native:cdn:Route";
export const DOMAIN = "azure-native:cdn:AFDCustomDomain";
export const SECURITY_POLICY = "azure-native:cdn:SecurityPolicy";
export const WAF_POLICY = "azure-native:frontdoor:Policy";

/** What runs containers in a Container Apps environment. */
export const WORKLOADS = [APP, JOB];
