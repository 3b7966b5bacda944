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

/** Requests of a Front Door that these routes answered, with their status and time in seconds. */
export const frontDoorRequests = (routes: readonly string[]): string =>
  [
    "AzureDiagnostics",
    '| where Category == "FrontDoorAccessLog"',
    `| where column_ifexists("routingRuleName_s", "") in (${list(routes)})`,
    `| extend Status = ${number("httpStatusCode")}, Seconds = ${number("timeTaken")}`,
  ].join("\n");

/** Requests of an Application Gateway that it led to these backends. */
export const gatewayRequests = (backends: readonly string[]): string =>
  [
    "AGWAccessLogs",
    `| where BackendSettingName in (${list(backends)})`,
    "| extend Status = todouble(HttpStatus), Seconds = todouble(TimeTaken)",
  ].join("\n");

/** Share of 5xx over a limit, once there are enough of them. */
export const serverErrors = (requests: string, abovePercent: number, minCount: number): string =>
  [
    requests,
    "| summarize All = count(), Failed = countif(Status >= 500)",
    `| where Failed >= ${minCount} and 100.0 * Failed / All > ${abovePercent}`,
  ].join("\n");

/** 95th percentile of the time until the last byte. */
export const slowAnswers = (requests: string, aboveSeconds: number): string =>
  [requests, "| summarize P95 = percentile(Seconds, 95)", `| where P95 > ${aboveSeconds}`].join(
    "\n",
  );

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

/** One row when a regular line has not come for so long; lines of the window only are looked at. */
export const silence = (lines: string, minutes: number): string =>
  [
    lines,
    `| where TimeGenerated > ago(${minutes}m)`,
    "| summarize Lines = count()",
    "| where Lines == 0",
  ].join("\n");

/** Lines of one program of a Docker host that contain a text. */
export const hostLines = (host: string, program: string | undefined, pattern: string): string =>
  [
    "Syslog",
    `| where Computer == ${quoted(host)}`,
    ...(program === undefined ? [] : [`| where ProcessName == ${quoted(program)}`]),
    `| where SyslogMessage contains ${quoted(pattern)}`,
  ].join("\n");

/** Disks of a Docker host that are fuller than a limit, percent. */
export const fullDisks = (host: string, abovePercent: number): string =>
  [
    "Perf",
    `| where Computer == ${quoted(host)}`,
    '| where ObjectName == "Logical Disk" and CounterName == "% Used Space"',
    '| where InstanceName != "_Total"',
    "| summarize Used = avg(CounterValue) by InstanceName",
    `| where Used > ${abovePercent}`,
  ].join("\n");
