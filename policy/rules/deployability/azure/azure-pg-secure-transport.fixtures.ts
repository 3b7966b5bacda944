import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const server = resource("azure-native:dbforpostgresql:Server", {}, "pg", {
  outputs: { fullyQualifiedDomainName: "acme.postgres.database.azure.com" },
});
const app = (value: unknown) =>
  resource("azure-native:app:ContainerApp", { configuration: { secrets: [{ name: "d", value }] } });
const dsn = (end: string) => ({
  concat: ["postgres://app:pw@", { ref: "pg.fullyQualifiedDomainName" }, end],
});
const literal = (end: string) => `postgresql://app:pw@acme.postgres.database.azure.com:5432/${end}`;
const setting = (value: unknown, configurationName: unknown = "require_secure_transport") =>
  resource(
    "azure-native:dbforpostgresql:Configuration",
    { serverName: { ref: "pg.name" }, configurationName, value },
    "setting",
  );

export const fixtures: Fixtures = {
  good: [
    passes(server, app(dsn(":5432/app?sslmode=require"))),
    passes(server, app(literal("app?connect_timeout=5&sslmode=verify-full"))),
    passes(server, app(dsn(":5432/app?ssl=true"))),
    passes(server, app({ concat: ["https://", { ref: "pg.fullyQualifiedDomainName" }, "/x"] })),
    setting("on"),
    setting("off", "log_connections"),
  ],
  bad: [
    violates(server, app(dsn(":5432/app?sslmode=disable"))),
    violates(server, app(dsn(":5432/app"))),
    violates(server, app(literal("app?sslmode=prefer"))),
    setting("OFF"),
  ],
  missing: [passes(server, app(undefined)), passes(setting(undefined))],
  unknown: [
    setting(unknown),
    waits(
      server,
      app({ concat: ["postgres://a@", { ref: "pg.fullyQualifiedDomainName" }, ":", unknown] }),
    ),
    passes(server, app(unknown)),
  ],
  wrongType: [passes(setting({})), passes(server, app(5))],
};
