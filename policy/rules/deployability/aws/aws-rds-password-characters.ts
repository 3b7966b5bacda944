import { DATABASES, engineOf } from "../../../lib/deployability/aws/databases";
import { generatedText } from "../../../lib/deployability/generated-text";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const REFUSED = ["/", "@", '"', " "];

export const rule = deployability({
  id: "aws-rds-password-characters",
  title: "The master password has only characters RDS accepts",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterValue: The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.",
  },
  fix: 'Generate 8 to 128 characters (MySQL 41) with special false, or overrideSpecial "-_." for example; or set manageMasterUserPassword.',
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  checkStack: {
    types: Object.keys(DATABASES),
    run: (graph) =>
      graph.ofType(...Object.keys(DATABASES)).flatMap((database) => {
        const longest = engineOf(database) === "mysql" ? 41 : 128;
        const passwords = DATABASES[database.type]?.passwords ?? [];
        return about(
          database,
          passwords.flatMap((path) => check(graph, database, database.at(path), longest)),
        );
      }),
  },
});

function check(graph: Graph, database: Resource, at: Value, longest: number): Report[] {
  const { text } = at;
  if (text !== undefined) {
    if (!/^[!-~]*$/.test(text) || REFUSED.some((character) => text.includes(character)))
      return [violation(at, "the password has a character RDS does not accept")];
    return checkLength(at, text.length, longest);
  }
  if (!at.unknown) return [];
  const generated = generatedText(graph, database, at);
  if (generated === undefined || generated.special === undefined) return [undecided(at)];
  const { special, length, resource } = generated;
  const wrong = REFUSED.filter((character) => special.includes(character));
  if (wrong.length > 0)
    return [violation(at, `${resource.name} may put ${wrong.join(" ")} into the password`)];
  return length === undefined ? [] : checkLength(at, length, longest);
}

function checkLength(at: Value, length: number, longest: number): Report[] {
  if (length >= 8 && length <= longest) return [];
  return [
    {
      ...violation(at, `the password has ${length} characters, not 8 to ${longest}`),
      answer:
        "InvalidParameterValue: The parameter MasterUserPassword is not a valid password because of its length.",
    },
  ];
}
