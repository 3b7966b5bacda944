import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const database = (props: object, name = "db") =>
  resource("aws:rds/instance:Instance", { engine: "postgres", ...props }, name);
const group = (name: unknown) => resource("aws:rds/subnetGroup:SubnetGroup", { name });

export const fixtures: Fixtures = {
  good: [
    database({ identifier: "app-db", dbName: "app_prod" }),
    database({ dbName: "_app" }, "MainDb"),
    database({ identifierPrefix: "app-" }),
    database({ engine: "oracle-ee", dbName: "ORCL" }),
    resource("aws:rds/cluster:Cluster", {
      engine: "aurora-postgresql",
      clusterIdentifier: "main",
      databaseName: "app",
    }),
    group("app-private"),
  ],
  bad: [
    database({ identifier: "App_DB" }),
    database({ identifier: "app-" }),
    database({ identifier: "app--db" }),
    database({ identifier: "1app" }),
    database({ identifier: `a${"b".repeat(63)}` }),
    database({ dbName: "app-prod" }),
    database({ dbName: "1app" }),
    database({ dbName: "db" }),
    database({ engine: "mysql", dbName: "app.prod" }),
    database({}, "my_db"),
    resource("aws:rds/cluster:Cluster", { engine: "aurora-postgresql", databaseName: "app-prod" }),
    group("App"),
  ],
  missing: [passes(database({})), passes(group(undefined))],
  unknown: [database({ identifier: unknown }), database({ dbName: unknown }), group(unknown)],
  wrongType: [passes(database({ identifier: {}, dbName: [] })), violates(database({ dbName: 7 }))],
};
