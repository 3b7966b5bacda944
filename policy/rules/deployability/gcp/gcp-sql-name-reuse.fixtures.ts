import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const sql = (name: unknown, more: object = {}, protect = false) =>
  resource("gcp:sql/databaseInstance:DatabaseInstance", { name, ...more }, "main", {
    opts: { protect },
  });

export const fixtures: Fixtures = {
  good: [
    sql(undefined),
    sql("main-0a1b2c3"),
    sql({ concat: ["main-", { ref: "suffix.hex" }] }),
    sql("main", { deletionProtection: true }),
    sql("main", {}, true),
  ],
  bad: [sql("main"), sql("shop-db", { deletionProtection: false }), sql("main-production")],
  missing: [passes(sql(null)), passes(sql(""))],
  unknown: [passes(sql(unknown))],
  wrongType: [passes(sql({}))],
};
