import { mustNotBeTrue } from "../../lib/check/simple";
import { forTypes, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "final-snapshot",
  title: "Deleting a database leaves a last snapshot",
  severity: "medium",
  category: "backup",
  profile: "strict",
  why: "Automatic backups go with the database; the last snapshot is what a mistake can be undone with.",
  fix: { aws: "Set skipFinalSnapshot to false and finalSnapshotIdentifier to a name." },
  controls: { nist: ["CP-9"], cis: ["11.2"] },
  check: forTypes(
    [
      "aws:rds/instance:Instance",
      "aws:rds/cluster:Cluster",
      "aws:docdb/cluster:Cluster",
      "aws:neptune/cluster:Cluster",
      "aws:redshift/cluster:Cluster",
    ],
    (resource) =>
      resource.at("replicateSourceDb").present
        ? []
        : mustNotBeTrue(
            resource.at("skipFinalSnapshot"),
            "nothing is left when the database is deleted",
          ),
  ),
};
