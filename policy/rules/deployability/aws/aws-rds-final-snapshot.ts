import { DATABASES } from "../../../lib/deployability/aws/databases";
import { deployability } from "../../../lib/deployability/rule";
import type { Resource } from "../../../lib/resource";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-rds-final-snapshot",
  title: "A database says what becomes of its data when it is deleted",
  fails: {
    when: "destroy",
    effect: "error",
    answer: "final_snapshot_identifier is required when skip_final_snapshot is false.",
  },
  fix: "Set finalSnapshotIdentifier to a name that differs each time the database is made anew, or skipFinalSnapshot true.",
  source: "https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/",
  check: forTypes(Object.keys(DATABASES), checkDatabase),
});

function checkDatabase(database: Resource): Report[] {
  const skip = database.at("skipFinalSnapshot");
  const name = database.at("finalSnapshotIdentifier");
  const isReplica = ["replicateSourceDb", "replicationSourceIdentifier"].some(
    (property) => database.at(property).present,
  );
  if (skip.boolean === true || isReplica) return [];
  if (name.absent || name.text === "")
    return skip.unknown
      ? [undecided(skip)]
      : [violation(name, "it is to be kept in a final snapshot that has no name")];
  if (name.text === undefined || /^[a-z](?!.*--)([a-z0-9-]*[a-z0-9])?$/i.test(name.text)) return [];
  return [
    {
      ...violation(name, `"${name.text}" is no name for a snapshot`),
      answer:
        "must begin with a letter, contain only letters, digits and single hyphens, and not end with a hyphen",
    },
  ];
}
