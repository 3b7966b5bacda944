import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const database = (username: unknown, engine: unknown = "postgres") =>
  resource("aws:rds/instance:Instance", { engine, username });

export const fixtures: Fixtures = {
  good: [
    database("appadmin"),
    database("postgres"),
    database("admin", "mysql"),
    database("admin", "sqlserver-ex"),
    resource("aws:rds/cluster:Cluster", { engine: "aurora-postgresql", masterUsername: "root1" }),
  ],
  bad: [
    database("admin"),
    database("Admin"),
    database("rdsadmin"),
    database("pg_app"),
    database("user"),
    database("app-user"),
    database("1app"),
    database("rdsadmin", "mariadb"),
    resource("aws:rds/cluster:Cluster", { engine: "aurora-postgresql", masterUsername: "admin" }),
  ],
  missing: [passes(database(undefined)), passes(database("admin", null))],
  unknown: [database(unknown)],
  wrongType: [passes(database(7)), passes(database(["admin"]))],
};
