import type { AlarmsLinks, Signal } from "../../components/alarms";
import { attachmentOf } from "../../components/attachment";
import type { Query, Watch } from "./alarm-metrics";
import type { EdgeAttachment, HostAttachment } from "./attachments";

type Of<Kind extends Signal["kind"]> = Extract<Signal, { kind: Kind }>;

/** Published twice a day, and not at all before the first: no data changes nothing. */
export function certificate({ belowDays }: Of<"certificate">, { edge }: AlarmsLinks): Watch {
  if (!edge) throw new Error("there is no edge to watch");
  const { certificateArn } = attachmentOf<EdgeAttachment>(edge.attachment, "aws");
  return {
    queries: [
      {
        id: "days",
        metric: {
          namespace: "AWS/CertificateManager",
          name: "DaysToExpiry",
          statistic: "Minimum",
          dimensions: { CertificateArn: certificateArn },
        },
      },
    ],
    ...{ periodSeconds: 86_400, periods: 1, missing: "ignore" },
    comparison: "LessThanThreshold",
    threshold: belowDays,
  };
}

/** An agent that is silent is no good news: the host may be full already. */
export function hostDisk(
  { target, abovePercent }: Of<"host-disk">,
  links: AlarmsLinks,
  namespace: string,
): Watch {
  const { hostName, disks } = host(links, target);
  const metrics = disks.map((path, index): Query => ({
    id: `m${index}`,
    metric: {
      ...{ namespace, name: "disk_used_percent", statistic: "Maximum" },
      dimensions: { Host: hostName, path, fstype: "xfs" },
    },
  }));
  const ids = metrics.map(({ id }) => id).join(", ");
  return {
    queries: [...metrics, { id: "fullest", expression: `MAX([${ids}])` }],
    ...{ periodSeconds: 300, periods: 3, missing: "breaching" },
    comparison: "GreaterThanThreshold",
    threshold: abovePercent,
  };
}

/** Hour by hour, since one period has a day at most. */
export function hostBackup(
  { target, aboveHours }: Of<"host-backup">,
  links: AlarmsLinks,
  namespace: string,
): Watch {
  return {
    queries: [
      {
        id: "copies",
        metric: {
          ...{ namespace, name: "backup_stored", statistic: "Sum" },
          dimensions: { Host: host(links, target).hostName },
        },
      },
    ],
    ...{ periodSeconds: 3600, periods: aboveHours, missing: "breaching" },
    comparison: "LessThanThreshold",
    threshold: 1,
  };
}

function host({ hosts }: AlarmsLinks, target: string): HostAttachment {
  const found = hosts[target];
  if (!found) throw new Error(`there is no host "${target}" to watch`);
  return attachmentOf<HostAttachment>(found.attachment, "aws");
}
