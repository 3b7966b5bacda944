import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const service = (deletionProtection: unknown, protect = false) =>
  resource("gcp:cloudrunv2/service:Service", { deletionProtection }, "web", { opts: { protect } });

export const fixtures: Fixtures = {
  good: [service(false), service(true), service(undefined, true)],
  bad: [
    service(undefined),
    resource("gcp:cloudrunv2/job:Job", {}),
    resource("gcp:sql/databaseInstance:DatabaseInstance", {}),
    resource("gcp:redis/instance:Instance", {}),
  ],
  missing: [violates(service(null))],
  unknown: [passes(service(unknown))],
  wrongType: [passes(service("no"))],
};
