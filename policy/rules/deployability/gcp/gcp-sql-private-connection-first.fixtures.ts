import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const network = (name = "vpc") =>
  resource("gcp:compute/network:Network", { name: `${name}-net` }, name);
const peering = (of: unknown = { ref: "vpc.id" }) =>
  resource(
    "gcp:servicenetworking/connection:Connection",
    { network: of, service: "servicenetworking.googleapis.com" },
    "peering",
  );
const sql = (dependsOn: string[], privateNetwork: unknown = { ref: "vpc.id" }) =>
  resource(
    "gcp:sql/databaseInstance:DatabaseInstance",
    { settings: { ipConfiguration: { ipv4Enabled: false, privateNetwork } } },
    "sql",
    { opts: { dependsOn } },
  );
const redis = (connectMode: unknown, ...dependsOn: string[]) =>
  resource(
    "gcp:redis/instance:Instance",
    { authorizedNetwork: { ref: "vpc.id" }, connectMode },
    "cache",
    { opts: { dependsOn } },
  );
const SHARED = "projects/p1/global/networks/shared";

export const fixtures: Fixtures = {
  good: [
    passes(network(), peering(), sql(["peering"])),
    passes(network(), peering(), redis("PRIVATE_SERVICE_ACCESS", "peering")),
    passes(network(), redis("DIRECT_PEERING")),
    passes(peering(SHARED), sql(["peering"], SHARED)),
  ],
  bad: [
    violates(network(), peering(), sql([])),
    violates(network(), sql([])),
    violates(network(), network("other"), peering({ ref: "other.id" }), sql(["peering"])),
    violates(network(), redis("PRIVATE_SERVICE_ACCESS")),
    violates(peering("shared"), sql([], SHARED)),
  ],
  missing: [passes(sql([], null)), passes(network(), redis(undefined))],
  unknown: [
    waits(network(), peering(), sql([], unknown)),
    waits(sql([], SHARED)),
    waits(network(), redis(unknown)),
  ],
  wrongType: [passes(resource("gcp:sql/databaseInstance:DatabaseInstance", { settings: "x" }))],
};
