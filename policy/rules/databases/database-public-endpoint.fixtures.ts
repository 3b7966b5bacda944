import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const rds = (props: object) => resource("aws:rds/instance:Instance", props);
const postgres = (network: unknown) => resource("azure-native:dbforpostgresql:Server", { network });
const redis = (props: object) => resource("azure-native:redis:Redis", props);
const sql = (settings: unknown) =>
  resource("gcp:sql/databaseInstance:DatabaseInstance", { settings });
const classic = (props: object) =>
  resource("azure:postgresql/flexibleServer:FlexibleServer", props);

export const fixtures: Fixtures = {
  good: [
    rds({ publiclyAccessible: false }),
    postgres({ delegatedSubnetResourceId: unknown }),
    postgres({ publicNetworkAccess: "disabled" }),
    redis({ subnetId: "s" }),
    sql({ ipConfiguration: { ipv4Enabled: false, privateNetwork: unknown } }),
    classic({ publicNetworkAccessEnabled: false }),
    resource("aws:opensearch/domain:Domain", { vpcOptions: { subnetIds: unknown } }),
    resource("azure-native:cosmosdb:DatabaseAccount", { isVirtualNetworkFilterEnabled: true }),
  ],
  bad: [
    rds({ publiclyAccessible: true }),
    rds({ publiclyAccessible: "true" }),
    resource("aws:opensearch/domain:Domain", {}),
    resource("aws:rds/clusterInstance:ClusterInstance", { publiclyAccessible: true }),
    resource("aws:redshift/cluster:Cluster", { publiclyAccessible: true }),
    postgres({ publicNetworkAccess: "Enabled" }),
    redis({ publicNetworkAccess: "Enabled" }),
    resource("azure-native:cache/v20230801:Redis", { publicNetworkAccess: "Enabled" }),
    sql({ ipConfiguration: { ipv4Enabled: true } }),
    classic({ publicNetworkAccessEnabled: true }),
  ],
  missing: [
    passes(rds({})),
    violates(postgres(undefined)),
    violates(redis({})),
    violates(sql({ tier: "db-f1-micro" })),
    violates(classic({})),
  ],
  unknown: [
    rds({ publiclyAccessible: unknown }),
    postgres({ publicNetworkAccess: unknown }),
    sql({ ipConfiguration: unknown }),
  ],
  wrongType: [passes(rds({ publiclyAccessible: [] })), violates(sql("x"))],
};
