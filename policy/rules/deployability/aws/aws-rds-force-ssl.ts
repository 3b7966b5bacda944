import { majorOf } from "../../../lib/deployability/aws/databases";
import { DATABASE } from "../../../lib/deployability/aws/types";
import {
  connectionStrings,
  literalParts,
  mentions,
  type ConnectionString,
} from "../../../lib/deployability/connection-strings";
import { about, type StackReport } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { violation } from "../../../lib/rule";

const GROUP = "aws:rds/parameterGroup:ParameterGroup";
const OUTPUTS = ["address", "endpoint"];

/** Ways to ask for TLS in a connection string, or beside it. */
const ASKS =
  /sslmode=(require|verify-ca|verify-full|no-verify)|[?&](ssl|tls)=(true|1|require|verify)|sslrootcert=/i;
const REFUSES = /sslmode=disable|[?&](ssl|tls)=(false|0|disable)/i;
const BESIDE = /^(PG_?SSL|PGSSLMODE|.*(SSL|TLS).*)$/i;

export const rule = deployability({
  id: "aws-rds-force-ssl",
  title: "Programs connect to PostgreSQL 15 and later with TLS",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      'FATAL: no pg_hba.conf entry for host "...", user "...", database "...", no encryption.',
  },
  fix: "End the connection string with ?sslmode=require, or verify-full with Amazon's bundle of authorities.",
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html",
  checkStack: {
    types: [DATABASE],
    run: (graph) =>
      graph
        .ofType(DATABASE)
        .filter((database) => /postgres/i.test(database.at("engine").text ?? ""))
        .flatMap((database) =>
          connectionStrings(graph)
            .filter((string) => mentions(graph, string, database, OUTPUTS))
            .flatMap((string) => checkString(graph, database, string)),
        ),
  },
});

function checkString(graph: Graph, database: Resource, string: ConnectionString): StackReport[] {
  const { owner, value, beside } = string;
  const { start, end } = literalParts(value);
  if (!/^\s*(jdbc:)?postgres(ql)?(\+\w+)?:\/\//i.test(start)) return [];
  const options = `${start} ${end}`;
  const refuses = REFUSES.test(options);
  if (!refuses) {
    if (ASKS.test(options) || beside.some(({ name }) => BESIDE.test(name))) return [];
    // What stands between two unknown parts is not kept, and an unknown end may hold the options.
    if (value.unknown && end === "") return [];
    if (!forcesTls(graph, database)) return [];
  }
  const what = refuses ? "switches TLS off" : "does not ask for TLS";
  return about(owner, [
    violation(value, `the connection string of ${database.name} ${what}, which the database wants`),
  ]);
}

/** From version 15 on the default is on; a parameter group of one's own may switch it off. */
function forcesTls(graph: Graph, database: Resource): boolean {
  const group = database.at("parameterGroupName");
  const [own] = graph.links(database, group, [GROUP]).resources;
  const parameter = own
    ?.at("parameters")
    .items.find((one) => one.at("name").text === "rds.force_ssl");
  if (parameter !== undefined)
    return !["0", "off", "false"].includes(String(parameter.at("value").raw));
  const version = database.at("engineVersion");
  if (version.unknown || (group.unknown && own === undefined)) return false;
  return (majorOf(version) ?? 17) >= 15;
}
