import fs from "node:fs";
import { copyProject } from "../support/project-copy";
import { Bench, comment, replace, type Edit } from "./support";

/** Pull requests on LatticePolicy's staging stack on AWS, and what a reviewer reads of each. */
let bench: Bench;
let project: string;

beforeAll(() => {
  project = copyProject();
  bench = new Bench(project, "staging");
});
afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

const SYSTEM = "systems/lattice-policy.ts";
const STACK = "Pulumi.staging.yaml";

const CHANGES: Readonly<Record<string, Edit>> = {
  "a comment only": replace(SYSTEM, "/** Sizes and promises per stage.", "/** Sizes per stage."),
  "a database under another name": replace(
    SYSTEM,
    '"lattice_policy",\n        owner',
    '"policies",\n        owner',
  ),
  "a database open to the internet": replace(
    "providers/aws/managed-postgres.ts",
    "publiclyAccessible: false",
    "publiclyAccessible: true",
  ),
  "a port open to everybody": replace(
    "providers/aws/security-groups.ts",
    "referencedSecurityGroupId: client.group.id,",
    '...(server.name === "cache" ? { cidrIpv4: "0.0.0.0/0" } : { referencedSecurityGroupId: client.group.id }),',
  ),
  "a job that may no longer use the database": replace(
    SYSTEM,
    'uid: 1000,\n        uses: ["db"],',
    "uid: 1000,\n        uses: [],",
  ),
  "one more generated secret": replace(
    SYSTEM,
    '"mfa-token-secret": rotating(input, "mfa-token-secret", key),',
    '"mfa-token-secret": rotating(input, "mfa-token-secret", key),\n    "session-key": { kind: "generated", ...key, rotation: "allowed" },',
  ),
  "a new version": replace(STACK, "api: 0.1.0", "api: 0.2.0"),
  "logs kept for a shorter time": replace(
    SYSTEM,
    "logDays: 30,\n  },\n  prod",
    "logDays: 14,\n  },\n  prod",
  ),
  "an alarm that is gone": replace(
    "systems/lattice-policy/alarms.ts",
    '    "db-cpu": { kind: "postgres-cpu", target: "db", abovePercent: 80, forMinutes: 15 },\n',
    "",
  ),
  "another cloud": replace(STACK, "portolan:cloud: aws", "portolan:cloud: gcp"),
  "a broken configuration": replace(STACK, "portolan:profile: staging", "portolan:profile: qa"),
};

test.each(Object.entries(CHANGES))("%s", (_name, edit) => {
  expect(comment(bench.diff(edit))).toMatchSnapshot();
});
