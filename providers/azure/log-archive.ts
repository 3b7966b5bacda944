import { DataExport, type Workspace } from "@pulumi/azure-native/operationalinsights";
import { SentinelOnboardingState } from "@pulumi/azure-native/securityinsights";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type { LogArchiveLinks, LogArchiveSpec } from "../../components/log-archive";
import {
  azure,
  type ArchiveAttachment,
  type NetworkAttachment,
  type PostgresAttachment,
} from "./attachments";
import type { AUDIT_TABLES } from "./worm-archive";

type Table = (typeof AUDIT_TABLES)[number];

const describe: Parity<LogArchiveSpec> = {
  sources:
    "a data export of the workspace that holds the logs, as they arrive. It takes whole tables: where " +
    "one service or job is a source, the lines of all containers of the stack are archived",
  archive: "a storage account whose containers are sealed; without one the SIEM alone has the logs",
  siem:
    "sentinel: Microsoft Sentinel on the workspaces of the sources. splunk, pubsub and syslog are " +
    "refused: Azure feeds them only by way of something of their own that collects",
};

function resolve(spec: LogArchiveSpec, { path, problems }: ResolveContext): LogArchiveSpec {
  if (spec.archive === undefined && spec.siem === undefined) {
    problems.add(path, "names neither an archive nor a SIEM; name one, or leave auditLogs out");
  }
  if (spec.siem && spec.siem.kind !== "sentinel") {
    problems.add(
      `${path}.siem`,
      `${spec.siem.kind} is not supported on azure: Azure's log store feeds Microsoft Sentinel and ` +
        "nothing outside Azure by itself; use kind sentinel, or let the SIEM's own collector read " +
        "the archive",
    );
  }
  return spec;
}

function build(request: BuildRequest<LogArchiveSpec, LogArchiveLinks>): object {
  const { name, spec, links, parent } = request;
  const { group } = azure<NetworkAttachment>(links.network.attachment);
  for (const [key, { workspace, table }] of Object.entries(storesOf(spec, links))) {
    const at = { workspaceName: workspace.name, resourceGroupName: group.name };
    if (spec.siem) {
      new SentinelOnboardingState(
        `${name}-${key}-sentinel`,
        { ...at, sentinelOnboardingStateName: "default" },
        { parent },
      );
    }
    if (!links.archive) continue;
    const { account, ready } = azure<ArchiveAttachment>(links.archive.attachment);
    new DataExport(
      `${name}-${key}-export`,
      {
        ...at,
        dataExportName: "audit-logs",
        resourceId: account.id,
        tableNames: [table],
        enable: true,
      },
      // Not before the containers are sealed: the export would make open ones of the same name.
      { parent, dependsOn: [...ready] },
    );
  }
  return {};
}

/** The workspaces that hold the sources' lines: one for all containers, one for each database. */
function storesOf(
  { sources }: LogArchiveSpec,
  { network, services, jobs, postgres }: LogArchiveLinks,
): Record<string, { readonly workspace: Workspace; readonly table: Table }> {
  const { workspace } = azure<NetworkAttachment>(network.attachment);
  const containers = { containers: { workspace, table: "ContainerAppConsoleLogs" as const } };
  return Object.assign(
    {},
    ...sources.map((source) => {
      if (source in services || source in jobs) return containers;
      const database = postgres[source];
      if (!database) throw new Error(`there is no service, job or database "${source}"`);
      const logs = azure<PostgresAttachment>(database.attachment).workspace;
      return { [source]: { workspace: logs, table: "PGSQLServerLogs" as const } };
    }),
  );
}

export const logArchive = builder({ cloud: "azure", describe, resolve, build });
