import * as pulumi from "@pulumi/pulumi";
import type { HostAttachment } from "./attachments";
import type { Conditions } from "./alarm-conditions";
import { AGE_LINE } from "./host-backup";
import { logMetric, queried } from "./log-metric";
import type { Scope } from "./scope";

export const machineLog = ({ instanceId }: HostAttachment): pulumi.Output<string> =>
  pulumi.interpolate`resource.type="gce_instance" AND resource.labels.instance_id="${instanceId}"`;

/** Hours without the hourly line after which nobody knows the age. */
const SILENT = 3;

/** The highest age that was logged lately; a machine that says nothing raises it as well. */
export function backupAge(
  scope: Scope,
  alarm: string,
  host: HostAttachment,
  aboveHours: number,
): Conditions {
  const entries = pulumi.interpolate`${machineLog(host)} AND jsonPayload.MESSAGE:"${AGE_LINE}"`;
  const extractor = `REGEXP_EXTRACT(jsonPayload.MESSAGE, "${AGE_LINE} ([0-9]+)")`;
  const { metric, series } = logMetric(scope, alarm, entries, "gce_instance", extractor);
  const last = series.apply((text) => text.replace("{", "_bucket{"));
  const known = series.apply((text) => text.replace("{", "_count{"));
  const query = pulumi.interpolate`histogram_quantile(1, sum by (le) (increase(${last}[${SILENT}h]))) > ${aboveHours} or (sum(increase(${known}[${SILENT}h])) or vector(0)) < 1`;
  return queried("age of the last copy", query, [metric]);
}
