import { mustBeOneOf, mustNotBeOneOf, mustNotBeTrue } from "../../lib/check/simple";
import { undecided, violation, type Check, type Rule } from "../../lib/rule";

const MESSAGE = "the store has an address on the internet";

const publiclyAccessible: Check = (resource) =>
  mustNotBeTrue(resource.at("publiclyAccessible"), MESSAGE);

/** A search domain is on the internet unless it is placed in a network. */
const outsideNetwork: Check = (resource) => {
  const options = resource.at("vpcOptions");
  return options.present ? [] : [violation(options, MESSAGE)];
};

/** Public unless switched off; in a subnet of its own the server has no public endpoint at all. */
const flexible =
  (accessPath: string, ...subnetPaths: string[]): Check =>
  (resource) =>
    subnetPaths.some((path) => resource.at(path).present)
      ? []
      : mustBeOneOf(resource.at(accessPath), ["Disabled", "SecuredByPerimeter"], MESSAGE);

/** The classic provider's switches are booleans that default to open. */
const classic =
  (path: string, ...subnetPaths: string[]): Check =>
  (resource) => {
    const value = resource.at(path);
    if (subnetPaths.some((subnet) => resource.at(subnet).present)) return [];
    if (value.unknown) return [undecided(value)];
    return value.boolean === false || value.isWord("Disabled") ? [] : [violation(value, MESSAGE)];
  };

export const rule: Rule = {
  id: "database-public-endpoint",
  title: "Databases and caches have no public endpoint",
  severity: "critical",
  category: "public-database",
  profile: "baseline",
  why: "With a public endpoint one firewall entry is all that stands between the store and everybody.",
  fix: {
    aws: "Set publiclyAccessible to false and place the store in private subnets.",
    azure:
      'Set publicNetworkAccess to "Disabled" and use a private endpoint, or give the server a delegated subnet (network.delegatedSubnetResourceId).',
    gcp: "Set settings.ipConfiguration.ipv4Enabled to false and privateNetwork to the application's network.",
  },
  controls: { nist: ["SC-7", "AC-3", "AC-4"], cis: ["4.4", "12.2"] },
  check: {
    "aws:rds/instance:Instance": publiclyAccessible,
    "aws:rds/clusterInstance:ClusterInstance": publiclyAccessible,
    "aws:rds/cluster:Cluster": publiclyAccessible,
    "aws:docdb/clusterInstance:ClusterInstance": publiclyAccessible,
    "aws:neptune/clusterInstance:ClusterInstance": publiclyAccessible,
    "aws:redshift/cluster:Cluster": publiclyAccessible,
    "aws:redshiftserverless/workgroup:Workgroup": publiclyAccessible,
    "aws:dms/replicationInstance:ReplicationInstance": publiclyAccessible,
    "aws:mq/broker:Broker": publiclyAccessible,
    "aws:lightsail/database:Database": publiclyAccessible,
    "aws:timestreaminfluxdb/dbInstance:DbInstance": publiclyAccessible,
    "aws:timestreaminfluxdb/dbCluster:DbCluster": publiclyAccessible,
    "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy": (resource) =>
      resource.at("type").isWord("network")
        ? resource
            .at("policy")
            .document.items.flatMap((entry) => mustNotBeTrue(entry.at("AllowFromPublic"), MESSAGE))
        : [],
    "aws:opensearch/domain:Domain": outsideNetwork,
    "aws:elasticsearch/domain:Domain": outsideNetwork,
    "aws:msk/cluster:Cluster": (resource) =>
      mustNotBeOneOf(
        resource.at("brokerNodeGroupInfo.connectivityInfo.publicAccess.type"),
        ["SERVICE_PROVIDED_EIPS"],
        MESSAGE,
      ),
    "azure-native:dbforpostgresql:Server": flexible(
      "network.publicNetworkAccess",
      "network.delegatedSubnetResourceId",
    ),
    "azure-native:dbformysql:Server": flexible(
      "network.publicNetworkAccess",
      "network.delegatedSubnetResourceId",
    ),
    "azure-native:dbformariadb:Server": flexible("publicNetworkAccess"),
    "azure-native:sql:Server": flexible("publicNetworkAccess"),
    "azure-native:sql:ManagedInstance": (resource) =>
      mustNotBeTrue(resource.at("publicDataEndpointEnabled"), MESSAGE),
    "azure-native:redis:Redis": flexible("publicNetworkAccess", "subnetId"),
    "azure-native:redisenterprise:RedisEnterprise": (resource) =>
      mustNotBeOneOf(resource.at("publicNetworkAccess"), ["Enabled"], MESSAGE),
    "azure-native:cosmosdb:DatabaseAccount": (resource, context) =>
      // With the filter on, only the listed subnets and addresses come in; the lists have a rule of their own.
      resource.at("isVirtualNetworkFilterEnabled").boolean === true
        ? []
        : flexible("publicNetworkAccess")(resource, context),
    "azure:postgresql/flexibleServer:FlexibleServer": classic(
      "publicNetworkAccessEnabled",
      "delegatedSubnetId",
    ),
    "azure:postgresql/server:Server": classic("publicNetworkAccessEnabled"),
    "azure:mysql/flexibleServer:FlexibleServer": classic(
      "publicNetworkAccess",
      "delegatedSubnetId",
    ),
    "azure:mssql/server:Server": classic("publicNetworkAccessEnabled"),
    "azure:mssql/managedInstance:ManagedInstance": (resource) =>
      mustNotBeTrue(resource.at("publicDataEndpointEnabled"), MESSAGE),
    "azure:mysql/server:Server": classic("publicNetworkAccessEnabled"),
    "azure:mariadb/server:Server": classic("publicNetworkAccessEnabled"),
    "azure:redis/cache:Cache": classic("publicNetworkAccessEnabled", "subnetId"),
    "azure:cosmosdb/account:Account": classic("publicNetworkAccessEnabled"),
    "gcp:sql/databaseInstance:DatabaseInstance": (resource) => {
      const enabled = resource.at("settings.ipConfiguration.ipv4Enabled");
      if (enabled.unknown) return [undecided(enabled)];
      return enabled.boolean === false ? [] : [violation(enabled, MESSAGE)];
    },
    "gcp:alloydb/instance:Instance": (resource) =>
      mustNotBeTrue(resource.at("networkConfig.enablePublicIp"), MESSAGE),
  },
};
