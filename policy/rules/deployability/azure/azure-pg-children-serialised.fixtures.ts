import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const server = resource("azure-native:dbforpostgresql:Server", {}, "pg");
const child = (type: string, name: string, dependsOn: string[] = [], props: object = {}) =>
  resource(
    `azure-native:dbforpostgresql:${type}`,
    { serverName: { ref: "pg.name" }, ...props },
    name,
    { opts: { dependsOn } },
  );
const extensions = child("Configuration", "extensions", [], {
  configurationName: "azure.extensions",
  value: "vector",
});
const app = (...dependsOn: string[]) =>
  resource("azure-native:app:ContainerApp", { template: {} }, "app", { opts: { dependsOn } });

export const fixtures: Fixtures = {
  good: [
    passes(server, child("Database", "db")),
    passes(
      server,
      child("Database", "db"),
      child("Configuration", "a", ["db"]),
      child("FirewallRule", "b", ["a"]),
    ),
    passes(server, extensions, app("pg", "extensions")),
  ],
  bad: [
    violates(server, child("Database", "db"), child("Configuration", "a")),
    violates(
      server,
      child("Database", "db"),
      child("Configuration", "a", ["db"]),
      child("FirewallRule", "b", ["db"]),
    ),
    violates(server, extensions, app("pg")),
  ],
  missing: [passes(server, child("Database", "db", [], { serverName: undefined }))],
  unknown: [passes(server, child("Database", "db", [], { serverName: unknown }))],
  wrongType: [passes(server, child("Database", "db", [], { serverName: 7 }))],
};
