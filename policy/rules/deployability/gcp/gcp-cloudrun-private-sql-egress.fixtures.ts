import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const network = (name = "vpc") => resource("gcp:compute/network:Network", {}, name);
const subnet = resource("gcp:compute/subnetwork:Subnetwork", { network: { ref: "vpc.id" } }, "sn");
const sql = (ipv4Enabled: unknown = false) =>
  resource(
    "gcp:sql/databaseInstance:DatabaseInstance",
    { settings: { ipConfiguration: { ipv4Enabled, privateNetwork: { ref: "vpc.id" } } } },
    "sql",
  );
const redis = resource(
  "gcp:redis/instance:Instance",
  { authorizedNetwork: { ref: "vpc.id" } },
  "cache",
);
const direct = (name = "vpc") => ({ networkInterfaces: [{ network: { ref: `${name}.id` } }] });
const service = (value: unknown, vpcAccess?: unknown) =>
  resource(
    "gcp:cloudrunv2/service:Service",
    { template: { containers: [{ envs: [{ name: "HOST", value }] }], vpcAccess } },
    "web",
  );
const job = (vpcAccess?: unknown) =>
  resource(
    "gcp:cloudrunv2/job:Job",
    {
      template: {
        template: {
          containers: [
            {
              envs: [
                { name: "A", valueSource: { secretKeyRef: { secret: { ref: "s.secretId" } } } },
              ],
            },
          ],
          vpcAccess,
        },
      },
    },
    "job",
  );
const secret = [
  resource("gcp:secretmanager/secret:Secret", { secretId: "dsn" }, "s"),
  resource("gcp:secretmanager/secretVersion:SecretVersion", {
    secret: { ref: "s.id" },
    secretData: { concat: ["postgres://a:b@", { ref: "sql.privateIpAddress" }, "/app"] },
  }),
];
const connector = resource(
  "gcp:vpcaccess/connector:Connector",
  { network: { ref: "vpc.name" } },
  "conn",
);
const HOST = { ref: "sql.privateIpAddress" };

export const fixtures: Fixtures = {
  good: [
    passes(network(), sql(), service(HOST, direct())),
    passes(
      network(),
      subnet,
      sql(),
      service(HOST, { networkInterfaces: [{ subnetwork: { ref: "sn.id" } }] }),
    ),
    passes(
      network(),
      redis,
      connector,
      service({ ref: "cache.host" }, { connector: { ref: "conn.id" } }),
    ),
    passes(network(), sql(), service({ ref: "sql.connectionName" })),
    passes(network(), sql(true), service({ ref: "sql.publicIpAddress" })),
    passes(network(), sql(), ...secret, job(direct())),
  ],
  bad: [
    violates(network(), sql(), service(HOST)),
    violates(network(), redis, service({ concat: ["redis://", { ref: "cache.host" }, ":6379"] })),
    violates(network(), network("other"), sql(), service(HOST, direct("other"))),
    violates(network(), sql(), ...secret, job()),
    violates(network(), sql(), service({ ref: "sql.firstIpAddress" }, { egress: "ALL_TRAFFIC" })),
  ],
  missing: [passes(network(), sql(), service(undefined))],
  unknown: [
    waits(network(), sql(), service(HOST, unknown)),
    waits(network(), sql(), service(HOST, { connector: unknown })),
  ],
  wrongType: [violates(network(), sql(), service(HOST, "vpc"))],
};
