import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const rds = (props: object) => resource("aws:rds/instance:Instance", props);
const cluster = (props: object) => resource("aws:rds/cluster:Cluster", props);
const redshift = (props: object) => resource("aws:redshift/cluster:Cluster", props);
const search = (props: object) => resource("aws:opensearch/domain:Domain", props);
const tde = (state: unknown) => resource("azure-native:sql:TransparentDataEncryption", { state });

export const fixtures: Fixtures = {
  good: [
    rds({ storageEncrypted: true }),
    rds({ replicateSourceDb: "main" }),
    cluster({ engineMode: "serverless" }),
    cluster({ globalClusterIdentifier: unknown }),
    redshift({ encrypted: "true" }),
    search({ encryptAtRest: { enabled: true } }),
    tde("Enabled"),
    resource("azure-native:sql/v20230801:TransparentDataEncryption", { state: "enabled" }),
  ],
  bad: [
    rds({ storageEncrypted: false }),
    cluster({ engine: "aurora-postgresql", storageEncrypted: false }),
    redshift({ encrypted: "false" }),
    redshift({ encrypted: false }),
    search({ encryptAtRest: { enabled: false } }),
    resource("aws:docdb/cluster:Cluster", {}),
    resource("aws:neptune/cluster:Cluster", { storageEncrypted: false }),
    tde("Disabled"),
  ],
  missing: [
    violates(rds({ engine: "postgres" })),
    violates(cluster({ engine: "aurora-postgresql" })),
    violates(search({})),
    passes(redshift({})),
  ],
  unknown: [rds({ storageEncrypted: unknown }), search({ encryptAtRest: unknown }), tde(unknown)],
  wrongType: [violates(rds({ storageEncrypted: "yes" })), violates(search({ encryptAtRest: [] }))],
};
