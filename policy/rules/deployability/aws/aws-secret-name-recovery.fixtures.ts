import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const secret = (props: object, more: object = {}) =>
  resource("aws:secretsmanager/secret:Secret", props, "s", more);
const key = (deletionWindowInDays: unknown) =>
  resource("aws:kms/key:Key", { deletionWindowInDays });

export const fixtures: Fixtures = {
  good: [
    secret({}),
    secret({ namePrefix: "app-" }),
    secret({ name: "s-0a1b2c3" }),
    secret({ name: "app", recoveryWindowInDays: 0 }),
    secret({ name: "app" }, { opts: { protect: true } }),
    secret({ recoveryWindowInDays: 7 }),
    key(30),
  ],
  bad: [
    secret({ name: "app" }),
    secret({ name: "app", recoveryWindowInDays: 7 }),
    secret({ recoveryWindowInDays: 3 }),
    secret({ recoveryWindowInDays: "31" }),
    key(3),
    key(90),
  ],
  missing: [passes(secret({ name: "" })), passes(key(undefined))],
  unknown: [secret({ name: unknown }), secret({ recoveryWindowInDays: unknown }), key(unknown)],
  wrongType: [passes(key("long")), passes(secret({ recoveryWindowInDays: [] }))],
};
