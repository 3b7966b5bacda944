import { ATTACHMENTS, attachmentsOf, rolesOf, trusts } from "../../../lib/deployability/aws/iam";
import { DATABASE, ROLE } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";

const MONITORING = "monitoring.rds.amazonaws.com";
const INTERVALS = [0, 1, 5, 10, 15, 30, 60];
const NO_PERMISSION =
  "InvalidParameterValue: IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING.";

export const rule = deployability({
  id: "aws-rds-monitoring-role",
  title: "Enhanced monitoring has a role that RDS may use",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterCombination: A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
  },
  fix: `Set monitoringRoleArn to a role that trusts ${MONITORING}, and let the database depend on the attachment of AmazonRDSEnhancedMonitoringRole to it.`,
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html",
  check: { [DATABASE]: checkRole },
  checkStack: {
    types: [DATABASE],
    run: (graph) =>
      graph.ofType(DATABASE).flatMap((database) => about(database, checkLinks(graph, database))),
  },
});

function checkRole(database: Resource): Report[] {
  const interval = database.at("monitoringInterval");
  const role = database.at("monitoringRoleArn");
  if (interval.unknown) return role.present ? [] : [undecided(interval)];
  const seconds = interval.number ?? 0;
  if (!INTERVALS.includes(seconds))
    return [
      {
        ...violation(
          interval,
          `an interval of ${seconds} seconds is none of ${INTERVALS.join(", ")}`,
        ),
        answer: "expected monitoring_interval to be one of [0 1 5 10 15 30 60]",
      },
    ];
  const missing = role.absent || role.text === "";
  return seconds > 0 && missing ? [violation(role, "monitoring is on but has no role")] : [];
}

function checkLinks(graph: Graph, database: Resource): Report[] {
  if ((database.at("monitoringInterval").number ?? 0) === 0) return [];
  const { found, open } = rolesOf(graph, database, "monitoringRoleArn");
  const before = graph.closure(database);
  const reports = found.flatMap(({ resource: role, at }): Report[] => {
    const refuse = (message: string): Report[] => [
      { ...violation(at, message), answer: NO_PERMISSION },
    ];
    const trusted = trusts(role, MONITORING);
    if (trusted === false) return refuse(`the role ${role.name} does not trust ${MONITORING}`);
    const attached = attachmentsOf(graph, role);
    const late = attached.find((attachment) => !before.has(attachment));
    if (late !== undefined) return refuse(`the database does not wait for ${late.name}`);
    const own = [role.at("managedPolicyArns"), role.at("inlinePolicies")];
    if (attached.length + own.flatMap((list) => list.each).length === 0) {
      const [loose] = graph
        .ofType(...Object.keys(ATTACHMENTS))
        .map((attachment) => ({ attachment, value: attachment.at("role") }))
        .filter(({ attachment, value }) => !graph.links(attachment, value, [ROLE]).complete);
      return loose === undefined
        ? refuse(`the role ${role.name} has no policy for monitoring`)
        : [{ ...undecided(loose.value), path: at.path }];
    }
    return trusted === true ? [] : [{ ...trusted, path: at.path }];
  });
  return [...reports, ...open];
}
