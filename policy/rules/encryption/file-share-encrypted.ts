import { mustBeTrue } from "../../lib/check/simple";
import type { Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "file-share-encrypted",
  title: "Shared file systems are encrypted at rest",
  severity: "high",
  category: "encryption-at-rest",
  profile: "baseline",
  why: "Uploads and working files outlive the containers that wrote them, in the file system and in its backups.",
  fix: { aws: "Set encrypted of the EFS file system to true; turning it on later replaces it." },
  controls: { nist: ["SC-28", "SC-28(1)"], cis: ["3.11"] },
  check: {
    "aws:efs/fileSystem:FileSystem": (resource) =>
      mustBeTrue(resource.at("encrypted"), "the file system is stored without encryption"),
  },
};
