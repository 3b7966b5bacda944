import { DATABASES, engineOf, isCopy } from "../../../lib/deployability/aws/databases";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, undecided, violation } from "../../../lib/rule";

/** Words an engine keeps for itself. */
const RESERVED: Readonly<Record<string, ReadonlySet<string>>> = {
  postgres: new Set(
    "admin rdsadmin rdsrepladmin rds_superuser rds_replication rds_password rds_iam rds_ad rds_extension rdstopmgr public user all analyse analyze and any array as asc case cast check column constraint create current_user default desc distinct do else end except false for foreign from grant group having in into limit new none not null offset old on only or order primary references select session_user some table then to true union unique using when where".split(
      " ",
    ),
  ),
  mysql: new Set(["rdsadmin", "rdsrepladmin"]),
};

export const rule = deployability({
  id: "aws-rds-master-username",
  title: "The master user of a database has a name its engine leaves free",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterValue: MasterUsername cannot be used as it is a reserved word used by the engine.",
  },
  fix: 'Take another name of letters, digits and underscores, for example "appadmin"; "postgres" is allowed.',
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  check: forTypes(Object.keys(DATABASES), (database) => {
    const name = database.at(DATABASES[database.type]?.user ?? "");
    const engine = engineOf(database);
    if (engine !== "postgres" && engine !== "mysql") return [];
    if (name.unknown) return [undecided(name)];
    if (name.text === undefined || isCopy(database)) return [];
    const text = name.text.toLowerCase();
    const isReserved = RESERVED[engine]?.has(text) === true;
    if (isReserved || (engine === "postgres" && text.startsWith("pg_"))) {
      return [
        {
          ...violation(name, `"${name.text}" is reserved by ${engine}`),
          answer: `InvalidParameterValue: MasterUsername ${name.text} cannot be used as it is a reserved word used by the engine.`,
        },
      ];
    }
    const length = engine === "postgres" ? 63 : 32;
    if (/^[a-z][a-z0-9_]*$/.test(text) && text.length <= length) return [];
    return [
      {
        ...violation(name, `"${name.text}" is not made of letters, digits and underscores`),
        answer: "InvalidParameterValue: The parameter MasterUsername is not a valid identifier.",
      },
    ];
  }),
});
