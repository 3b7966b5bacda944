/** Questions to Log Analytics. Each returns one row per thing that is wrong, or none. */

/** A text as KQL reads it. */
export const quoted = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;

const list = (values: readonly string[]): string => values.map(quoted).join(", ");

/**
 * A number of the shared table. A column appears with its first value, and is called by the type
 * that value had: as text (`_s`) or as number (`_d`).
 */
const number = (column: string): string =>
  `coalesce(todouble(column_ifexists("${column}_s", "")), column_ifexists("${column}_d", real(null)))`;

/** Requests of the edge that these routes answered, with their status and time in seconds. */
const requests = (routes: readonly string[]): string =>
  [
    "AzureDiagnostics",
    '| where Category == "FrontDoorAccessLog"',
    `| where column_ifexists("routingRuleName_s", "") in (${list(routes)})`,
    `| extend Status = ${number("httpStatusCode")}, Seconds = ${number("timeTaken")}`,
  ].join("\n");

/** Share of 5xx over a limit, once there are enough of them. */
export const serverErrors = (
  routes: readonly string[],
  abovePercent: number,
  minCount: number,
): string =>
  [
    requests(routes),
    "| summarize All = count(), Failed = countif(Status >= 500)",
    `| where Failed >= ${minCount} and 100.0 * Failed / All > ${abovePercent}`,
  ].join("\n");

/** 95th percentile of the time until the last byte. */
export const slowAnswers = (routes: readonly string[], aboveSeconds: number): string =>
  [
    requests(routes),
    "| summarize P95 = percentile(Seconds, 95)",
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
