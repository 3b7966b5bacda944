import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const server = (administratorLogin: unknown, password: unknown, more: object = {}, name = "pg") =>
  resource(
    "azure-native:dbforpostgresql:Server",
    { administratorLogin, administratorLoginPassword: password, ...more },
    name,
  );
const random = (props: object) =>
  resource("random:index/randomPassword:RandomPassword", props, "password");
const ref = { ref: "password.result" };

export const fixtures: Fixtures = {
  good: [
    server("appadmin", "Zx9-correcthorse"),
    server("appadmin", "Zx9correcthorse", { serverName: "acme-shop-db" }),
    passes(server("appadmin", ref), random({ length: 32 })),
    passes(server("appadmin", ref), random({ length: 64, special: false })),
    passes(
      server("appadmin", ref),
      random({ length: 8, special: false, minUpper: 1, minLower: 1, minNumeric: 1 }),
    ),
  ],
  bad: [
    server("Admin", "Zx9-correcthorse"),
    server("pg_owner", "Zx9-correcthorse"),
    server("appadmin", "correcthorse9"),
    server("appadmin", "Zx9-"),
    server("appadmin", "Zx9-AppAdmin"),
    server("appadmin", "Zx9-correcthorse", { serverName: "Acme_DB" }),
    server("appadmin", "Zx9-correcthorse", {}, "ShopDatabase"),
    violates(server("appadmin", ref), random({ length: 16, special: false })),
    violates(server("appadmin", ref), random({ length: 32, special: false, upper: false })),
    violates(server("appadmin", ref), random({ length: 6, minUpper: 1, minLower: 1 })),
  ],
  missing: [passes(server(undefined, undefined))],
  unknown: [
    server(unknown, "Zx9-correcthorse"),
    passes(server("appadmin", unknown)),
    waits(server("appadmin", ref), random({ length: unknown })),
  ],
  wrongType: [passes(server(7, {}))],
};
