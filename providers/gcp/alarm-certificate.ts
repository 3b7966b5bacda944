import { UptimeCheckConfig } from "@pulumi/gcp/monitoring";
import * as pulumi from "@pulumi/pulumi";
import type { AlarmsLinks } from "../../components/alarms";
import type { Conditions } from "./alarm-conditions";
import { gcp, type EdgeAttachment } from "./attachments";
import { foundation } from "./foundation";
import { labels } from "./labels";
import { childName, plain } from "./names";
import type { Scope } from "./scope";
import { settings } from "./settings";

/**
 * Days that a certificate is still good for, as seen from outside. The check itself may fail (an
 * address list answers 403): the certificate is shown before anybody is asked for an address.
 */
export function certificateEnds(
  request: Scope & { readonly links: AlarmsLinks },
  belowDays: number,
): Conditions {
  const { name, parent, environment, links } = request;
  const { project } = settings();
  if (!links.edge) throw new Error("there is no edge to watch");
  const { hosts } = gcp<EdgeAttachment>(links.edge.attachment);
  const checks = hosts.map(
    (host) =>
      new UptimeCheckConfig(
        childName(name, "asks", plain(host)),
        {
          project,
          displayName: `${environment.system} ${environment.stack}: ${host}`,
          timeout: "10s",
          period: "900s",
          monitoredResource: { type: "uptime_url", labels: { project_id: project, host } },
          httpCheck: { path: "/", port: 443, useSsl: true, validateSsl: true },
          userLabels: labels(environment, name),
        },
        { parent, dependsOn: [foundation(request).apis.monitoring] },
      ),
  );
  return {
    combiner: "OR",
    dependsOn: checks,
    conditions: checks.map((check) => ({
      displayName: "days until the certificate ends",
      conditionThreshold: {
        filter: pulumi.interpolate`resource.type="uptime_url" AND metric.type="monitoring.googleapis.com/uptime_check/time_until_ssl_cert_expires" AND metric.labels.check_id="${check.uptimeCheckId}"`,
        comparison: "COMPARISON_LT",
        thresholdValue: belowDays,
        duration: "600s",
        aggregations: [
          {
            alignmentPeriod: "1200s",
            perSeriesAligner: "ALIGN_NEXT_OLDER",
            crossSeriesReducer: "REDUCE_MEAN",
          },
        ],
      },
    })),
  };
}
