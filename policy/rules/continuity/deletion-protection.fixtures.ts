import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const rds = (props: object, opts = {}) =>
  resource("aws:rds/instance:Instance", props, "it", { opts });
const vault = (properties: unknown) => resource("azure-native:keyvault:Vault", { properties });

export const fixtures: Fixtures = {
  good: [
    rds({ deletionProtection: true }),
    rds({ deletionProtection: false }, { protect: true }),
    vault({ enablePurgeProtection: true }),
    resource("aws:s3/bucket:Bucket", { forceDestroy: false }),
  ],
  bad: [
    rds({ deletionProtection: false }),
    vault({ enablePurgeProtection: false }),
    resource("aws:s3/bucket:Bucket", { forceDestroy: true }),
  ],
  missing: [
    violates(rds({})),
    violates(vault(undefined)),
    passes(resource("aws:s3/bucket:Bucket", {})),
  ],
  unknown: [rds({ deletionProtection: unknown })],
  wrongType: [violates(rds({ deletionProtection: "x" }))],
};
