import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const database = (password: unknown, more: object = {}) =>
  resource("aws:rds/instance:Instance", { engine: "postgres", password, ...more }, "db");
const generated = (props: object) =>
  resource("random:index/randomPassword:RandomPassword", { length: 24, ...props }, "pw");
const referred = database({ ref: "pw.result" });
const before = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

export const fixtures: Fixtures = {
  good: [
    passes(database("Zx9-correcthorse")),
    passes(generated({ special: false }), referred),
    passes(generated({ overrideSpecial: "-_." }), referred),
    passes(database(before("Zx9-correcthorse"))),
    passes(database(undefined, { manageMasterUserPassword: true })),
    passes(
      resource("random:index/randomString:RandomString", { length: 20, special: false }, "pw"),
      referred,
    ),
  ],
  bad: [
    violates(generated({}), referred),
    violates(generated({ special: true }), referred),
    violates(generated({ overrideSpecial: "!@" }), referred),
    violates(generated({ special: false, length: 6 }), referred),
    violates(database("short")),
    violates(database("with space in it")),
    violates(database("has/slash/in/it")),
    violates(database(before('has"quote"in'))),
    violates(
      generated({ special: false, length: 64 }),
      database({ ref: "pw.result" }, { engine: "mysql" }),
    ),
    violates(
      generated({}),
      resource(
        "aws:rds/cluster:Cluster",
        { engine: "aurora-postgresql", masterPassword: { ref: "pw.result" } },
        "c",
      ),
    ),
  ],
  missing: [
    passes(database(undefined)),
    passes(generated({ special: false, length: undefined }), referred),
  ],
  unknown: [
    waits(database(unknown)),
    waits(generated({ special: unknown }), referred),
    waits(generated({ overrideSpecial: unknown }), referred),
    waits(generated({}), database({ concat: ["a", { ref: "pw.result" }] })),
  ],
  wrongType: [passes(database(7)), passes(database(["a"]))],
};
