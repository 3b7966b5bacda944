import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const sql = (databaseVersion: unknown = "POSTGRES_16") =>
  resource("gcp:sql/databaseInstance:DatabaseInstance", { databaseVersion }, "sql");
const user = (more: object = {}, protect = false) =>
  resource(
    "gcp:sql/user:User",
    {
      instance: { ref: "sql.name" },
      name: "app",
      password: unknown,
      deletionPolicy: "ABANDON",
      ...more,
    },
    "user",
    { opts: { protect } },
  );
const database = (deletionPolicy?: unknown) =>
  resource("gcp:sql/database:Database", { instance: { ref: "sql.name" }, deletionPolicy }, "db");
const iam = { type: "CLOUD_IAM_SERVICE_ACCOUNT", password: undefined };

export const fixtures: Fixtures = {
  good: [
    passes(sql(), user(), database("ABANDON")),
    passes(sql("MYSQL_8_0"), user({ deletionPolicy: undefined })),
    passes(sql(), user({ deletionPolicy: undefined }, true)),
    user({ ...iam, name: "app@p1.iam" }),
  ],
  bad: [
    violates(sql(), user({ deletionPolicy: undefined })),
    violates(sql(), database()),
    violates(sql(), database("DELETE")),
    user({ name: "postgres" }),
    user({ name: "cloudsqladmin" }),
    user({ ...iam, name: "app@p1.iam.gserviceaccount.com" }),
    user({ ...iam, name: "app@p1.iam", password: "x" }),
    user({ password: undefined }),
  ],
  missing: [passes(sql(), user({ name: undefined }))],
  unknown: [
    waits(sql(unknown), database()),
    waits(sql(), database(unknown)),
    waits(database()),
    passes(user({ name: unknown })),
  ],
  wrongType: [passes(user({ name: 7 }))],
};
