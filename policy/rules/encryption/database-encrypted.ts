import { mustBeTrue } from "../../lib/check/simple";
import type { Rule } from "../../lib/rule";

const MESSAGE = "the database is stored without encryption";

export const rule: Rule = {
  id: "database-encrypted",
  title: "Databases are encrypted at rest",
  severity: "high",
  category: "encryption-at-rest",
  profile: "baseline",
  why: "Whoever gets hold of a disk, a snapshot or a backup reads everything in it.",
  fix: { aws: "Set storageEncrypted to true; turning it on later replaces the database." },
  controls: { nist: ["SC-28", "SC-28(1)"], cis: ["3.11"] },
  check: {
    "aws:rds/instance:Instance": (resource) => mustBeTrue(resource.at("storageEncrypted"), MESSAGE),
  },
};
