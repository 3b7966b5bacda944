import { DATABASES, engineOf } from "../../../lib/deployability/aws/databases";
import { deployability } from "../../../lib/deployability/rule";
import { mustMatch, physicalName } from "../../../lib/deployability/values";
import type { Resource } from "../../../lib/resource";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";

const IDENTIFIER = /^[a-z](?!.*--)([a-z0-9-]{0,61}[a-z0-9])?$/;
const PREFIX = /^[a-z](?!.*--)[a-z0-9-]*$/;

/** Words no database may be named after. */
const RESERVED = new Set(
  "db all analyse analyze and any array as asc both case cast check collate column constraint create current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end except false for foreign from grant group having in initially intersect into leading limit localtime localtimestamp new not null off offset old on only or order placing primary references select session_user some table then to trailing true union unique user using when where".split(
    " ",
  ),
);

export const rule = deployability({
  id: "aws-rds-names",
  title: "Databases of RDS have names that RDS accepts",
  fails: {
    when: "create",
    effect: "error",
    answer: "InvalidParameterValue: The parameter DBInstanceIdentifier is not a valid identifier.",
  },
  fix: "Identifier: lower-case letters, digits and single hyphens, a letter first, no hyphen last, at most 63. Database: letters, digits and underscores, a letter first, no reserved word.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  check: {
    ...forTypes(Object.keys(DATABASES), (database) => [
      ...checkIdentifier(database),
      ...checkName(database),
    ]),
    ...forTypes(
      ["aws:rds/subnetGroup:SubnetGroup", "aws:rds/parameterGroup:ParameterGroup"],
      checkGroup,
    ),
  },
});

function checkIdentifier(database: Resource): Report[] {
  const { identifier = "" } = DATABASES[database.type] ?? {};
  const name = physicalName(database, identifier);
  if (name === undefined) return [undecided(database.at(identifier))];
  const { at, kind } = name;
  // The provider writes automatic names in lower case.
  const text = kind === "automatic" ? name.text.toLowerCase() : name.text;
  if (kind === "given" ? IDENTIFIER.test(text) : PREFIX.test(text) || text === "") return [];
  const what = kind === "automatic" ? `the name made of the logical name` : "the identifier";
  return [violation(at, `${what} "${name.text}" is not one RDS accepts`)];
}

function checkName(database: Resource): Report[] {
  const engine = engineOf(database);
  if (engine !== "postgres" && engine !== "mysql") return [];
  const value = database.at(DATABASES[database.type]?.name ?? "");
  const pattern = engine === "postgres" ? /^[a-z_][a-z0-9_]{0,62}$/i : /^[a-z][a-z0-9_]{0,63}$/i;
  const reports = mustMatch(
    value,
    pattern,
    (text) => `the database name "${text}" is not made of letters, digits and underscores`,
  );
  if (reports.length === 0 && RESERVED.has(value.text?.toLowerCase() ?? ""))
    reports.push(violation(value, `the database name "${value.text}" is a reserved word`));
  return reports.map((report) =>
    report.verdict === "violation"
      ? {
          ...report,
          answer:
            "InvalidParameterValue: DBName must begin with a letter and contain only alphanumeric characters, and be no reserved word.",
        }
      : report,
  );
}

function checkGroup(group: Resource): Report[] {
  return [group.at("name"), group.at("namePrefix")].flatMap((value) =>
    value.text === ""
      ? []
      : mustMatch(
          value,
          /^[a-z0-9 ._-]+$/,
          (text) => `the name "${text}" of the group is not in lower case`,
        ).map((report) => ({
          ...report,
          answer:
            'only lowercase alphanumeric characters, hyphens, underscores, periods, and spaces allowed in "name"',
        })),
  );
}
