/** Questions to Log Analytics. Each returns one row per thing that is wrong, or none. */

/** A text as KQL reads it. */
export const quoted = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;

const list = (values: readonly string[]): string => values.map(quoted).join(", ");

/** Requests of the edge that these routes answered. */
const requests = (routes: readonly string[]): string =>
  [
    "AzureDiagnostics",
    '| where Category == "FrontDoorAccessLog"',
    `| where routingRuleName_s in (${list(routes)})`,
  ].join("\n");

/** Share of 5xx over a limit, once there are enough of them. */
export const serverErrors = (
  routes: readonly string[],
  abovePercent: number,
  minCount: number,
): string =>
  [
    requests(routes),
    "| summarize All = count(), Failed = countif(toint(httpStatusCode_s) >= 500)",
    `| where Failed >= ${minCount} and 100.0 * Failed / All > ${abovePercent}`,
  ].join("\n");

/** 95th percentile of the time until the last byte. */
export const slowAnswers = (routes: readonly string[], aboveSeconds: number): string =>
  [
    requests(routes),
    "| summarize P95 = percentile(todouble(timeTaken_s), 95)",
    `| where P95 > ${aboveSeconds}`,
  ].join("\n");

/** Replicas that failed a probe. */
export const failedProbes = (app: string, times: number): string =>
  [
    "ContainerAppSystemLogs",
    `| where ContainerAppName == ${quoted(app)}`,
    '| where Reason in ("ProbeFailed", "ReplicaUnhealthy", "Unhealthy")',
    "| summarize Failures = count() by ReplicaName",
    `| where Failures >= ${times}`,
  ].join("\n");

/** Executions of a job that ended without success. */
export const failedExecutions = (job: string): string =>
  [
    "ContainerAppSystemLogs",
    `| where JobName == ${quoted(job)}`,
    '| where Reason in ("BackoffLimitExceeded", "DeadlineExceeded", "FailedJob")',
  ].join("\n");

/** Lines of a service that contain a text. */
export const logLines = (app: string, pattern: string): string =>
  [
    "ContainerAppConsoleLogs",
    `| where ContainerAppName == ${quoted(app)}`,
    `| where Log contains ${quoted(pattern)}`,
  ].join("\n");
