import { engineOf } from "../../../lib/deployability/aws/databases";
import { DATABASE, DATABASE_CLUSTER } from "../../../lib/deployability/aws/types";
import { about, cannotTell, targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";

const GROUP = "aws:rds/parameterGroup:ParameterGroup";
const CLUSTER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

/** Which group a database names, and by which property. */
const NAMED: Readonly<Record<string, { path: string; type: string }>> = {
  [DATABASE]: { path: "parameterGroupName", type: GROUP },
  [DATABASE_CLUSTER]: { path: "dbClusterParameterGroupName", type: CLUSTER_GROUP },
};

/** Parameters PostgreSQL reads only when it starts. */
const STATIC = new Set([
  ...["autovacuum_freeze_max_age", "autovacuum_max_workers", "huge_pages", "max_connections"],
  ...["max_files_per_process", "max_locks_per_transaction", "max_logical_replication_workers"],
  ...["max_pred_locks_per_transaction", "max_prepared_transactions", "max_replication_slots"],
  ...["max_wal_senders", "max_worker_processes", "pg_stat_statements.max"],
  ...["rds.logical_replication", "shared_buffers", "shared_preload_libraries"],
  ...["superuser_reserved_connections", "track_activity_query_size", "track_commit_timestamp"],
  ...["wal_buffers"],
]);

export const rule = deployability({
  id: "aws-rds-parameter-family",
  title: "A parameter group is of the database's engine and version",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterCombination: The Parameter Group cannot be used for this instance: it is of another DBParameterGroupFamily.",
  },
  fix: 'Let family name the engine and its major version, for example "postgres16" for 16.4; set applyMethod "pending-reboot" on parameters that are read at the start.',
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithDBInstanceParamGroups.html",
  check: forTypes([GROUP, CLUSTER_GROUP], checkParameters),
  checkStack: {
    types: Object.keys(NAMED),
    run: (graph) =>
      graph
        .ofType(...Object.keys(NAMED))
        .flatMap((database) => about(database, checkDatabase(graph, database))),
  },
});

function checkParameters(group: Resource): Report[] {
  if (!/postgres/i.test(group.at("family").text ?? "")) return [];
  return group.at("parameters").items.flatMap((parameter): Report[] => {
    const name = parameter.at("name").text ?? "";
    const method = parameter.at("applyMethod");
    if (!STATIC.has(name) || method.isWord("pending-reboot")) return [];
    if (method.unknown) return [undecided(method)];
    return [
      {
        ...violation(method, `${name} is read only when PostgreSQL starts`),
        answer:
          "InvalidParameterCombination: cannot use immediate apply method for static parameter.",
      },
    ];
  });
}

function checkDatabase(graph: Graph, database: Resource): Report[] {
  const { path, type } = NAMED[database.type] ?? { path: "", type: "" };
  const { found, open } = targets(graph, database, [database.at(path)], type);
  const defaults = database.at(path).text?.startsWith("default.") === true;
  const reports = found.flatMap(({ resource: group, at }): Report[] => {
    const family = group.at("family");
    const engine = database.at("engine");
    const version = database.at("engineVersion");
    const [unknown] = [family, engine, version].filter((value) => value.unknown);
    if (unknown !== undefined) return [{ ...undecided(unknown), path: at.path }];
    if (family.text === undefined || engine.text === undefined) return [];
    const given = family.text.toLowerCase();
    const stem = engine.text.toLowerCase();
    if (!/^[\d.]+$/.test(given.slice(stem.length)) || !given.startsWith(stem))
      return engineOf(database) === undefined
        ? []
        : [mismatch(at, group, family.text, `${stem} of this database`)];
    const text = version.text ?? (version.number === undefined ? "" : String(version.number));
    if (text === "") return [cannotTell(at, "engineVersion is not set, so AWS chooses it")];
    const wanted = given.slice(stem.length);
    const fits = text === wanted || text.startsWith(`${wanted}.`) || wanted.startsWith(`${text}.`);
    return fits ? [] : [mismatch(at, group, family.text, `${stem} ${text}`)];
  });
  return defaults ? reports : [...reports, ...open];
}

function mismatch(
  at: Parameters<typeof violation>[0],
  group: Resource,
  family: string,
  of: string,
) {
  return violation(at, `${group.name} is of the family ${family}, not that of ${of}`);
}
