import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const account = resource("gcp:serviceaccount/account:Account", { accountId: "web-runtime" }, "sa");
const sql = (ipv4Enabled?: boolean) =>
  resource(
    "gcp:sql/databaseInstance:DatabaseInstance",
    { settings: { ipConfiguration: { ipv4Enabled } } },
    "sql",
  );
const grant = (role = "roles/cloudsql.client") =>
  resource(
    "gcp:projects/iAMMember:IAMMember",
    { role, member: { concat: ["serviceAccount:", { ref: "sa.email" }] } },
    "grant",
  );
const service = (
  dependsOn: string[],
  more: object = {},
  mountPath: unknown = "/cloudsql",
  instance: unknown = { ref: "sql.connectionName" },
) =>
  resource(
    "gcp:cloudrunv2/service:Service",
    {
      template: {
        serviceAccount: { ref: "sa.email" },
        containers: [{ volumeMounts: mountPath === null ? [] : [{ name: "db", mountPath }] }],
        volumes: [{ name: "db", cloudSqlInstance: { instances: [instance] } }],
        ...more,
      },
    },
    "web",
    { opts: { dependsOn } },
  );
const vpcAccess = { vpcAccess: { networkInterfaces: [{ network: "vpc" }] } };

export const fixtures: Fixtures = {
  good: [
    passes(account, sql(), grant(), service(["grant"])),
    passes(account, sql(false), grant(), service(["grant"], vpcAccess)),
    passes(account, sql(), grant(), service(["grant"], {}, undefined, "p1:europe-west1:main")),
  ],
  bad: [
    violates(account, sql(), service([])),
    violates(account, sql(), grant(), service([])),
    violates(account, sql(), grant("roles/viewer"), service(["grant"])),
    violates(account, sql(), grant(), service(["grant"], {}, "/sql")),
    violates(account, sql(), grant(), service(["grant"], {}, null)),
    violates(account, sql(false), grant(), service(["grant"])),
    violates(account, sql(), grant(), service(["grant"], {}, undefined, { ref: "sql.name" })),
    violates(account, sql(), grant(), service(["grant"], {}, undefined, "main")),
  ],
  missing: [passes(resource("gcp:cloudrunv2/service:Service", {}))],
  unknown: [waits(account, sql(), service([], { serviceAccount: unknown }))],
  wrongType: [passes(resource("gcp:cloudrunv2/service:Service", { template: { volumes: "db" } }))],
};
