import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const group = (family: unknown, parameters: object[] = []) =>
  resource("aws:rds/parameterGroup:ParameterGroup", { family, parameters }, "pg");
const database = (engineVersion: unknown, more: object = {}) =>
  resource(
    "aws:rds/instance:Instance",
    { engine: "postgres", engineVersion, parameterGroupName: { ref: "pg.name" }, ...more },
    "db",
  );

export const fixtures: Fixtures = {
  good: [
    passes(group("postgres16"), database("16.4")),
    passes(group("postgres16"), database(16)),
    passes(group("mysql8.0"), database("8.0.39", { engine: "mysql" })),
    passes(group("mysql8.0"), database("8.0", { engine: "mysql" })),
    passes(
      group("postgres16", [
        { name: "max_connections", value: "200", applyMethod: "pending-reboot" },
      ]),
    ),
    passes(group("postgres16", [{ name: "rds.force_ssl", value: "1" }])),
    passes(database("16", { parameterGroupName: "default.postgres16" })),
  ],
  bad: [
    violates(group("postgres15"), database("16.4")),
    violates(group("postgres16"), database("8.0", { engine: "mysql" })),
    violates(group("mysql8.0"), database("8.4.3", { engine: "mysql" })),
    violates(
      { ...group("postgres15"), props: { family: "postgres15", name: "own" } },
      database("16", { parameterGroupName: "own" }),
    ),
    violates(group("postgres16", [{ name: "shared_preload_libraries", value: "pg_cron" }])),
    violates(
      group("postgres16", [
        { name: "rds.logical_replication", value: "1", applyMethod: "immediate" },
      ]),
    ),
    violates(
      resource(
        "aws:rds/clusterParameterGroup:ClusterParameterGroup",
        { family: "aurora-postgresql15" },
        "pg",
      ),
      resource("aws:rds/cluster:Cluster", {
        engine: "aurora-postgresql",
        engineVersion: "16.2",
        dbClusterParameterGroupName: { ref: "pg.name" },
      }),
    ),
  ],
  missing: [
    waits(group("postgres16"), database(undefined)),
    passes(database("16", { parameterGroupName: undefined })),
  ],
  unknown: [
    waits(group(unknown), database("16")),
    waits(group("postgres16"), database(unknown)),
    waits(database("16", { parameterGroupName: "somebody-elses" })),
    waits(group("postgres16", [{ name: "max_connections", applyMethod: unknown }])),
  ],
  wrongType: [
    passes(group(7), database("16")),
    passes(group("postgres16"), database("16", { engine: 7 })),
  ],
};
