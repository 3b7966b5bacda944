import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import { Table, Workspace } from "@pulumi/azure-native/operationalinsights";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { autoNamed } from "./names";
import { resourceGroup } from "./resource-group";
import { settings } from "./settings";
import { tagsOf } from "./tags";

/** Days a workspace can keep logs at hand; longer times are kept in its archive. */
const INTERACTIVE = { least: 30, most: 730 };
/** Years that the archive offers, in Azure's days. */
const ARCHIVE = [1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383];

export interface Retention {
  /** Days that queries reach. */
  readonly interactive: number;
  /** Days until the logs are gone. */
  readonly total: number;
}

/** The shortest retention that keeps logs at least that long; undefined beyond twelve years. */
export function retentionOf(days: number): Retention | undefined {
  const interactive = Math.min(Math.max(days, INTERACTIVE.least), INTERACTIVE.most);
  const total = days <= INTERACTIVE.most ? interactive : ARCHIVE.find((offer) => offer >= days);
  return total === undefined ? undefined : { interactive, total };
}

interface WorkspaceRequest {
  readonly name: string;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
  readonly days: pulumi.Input<number>;
  /** Tables that get the logs; they exist in every workspace. */
  readonly tables: readonly string[];
}

/**
 * A workspace of the component's own, since retention belongs to a workspace and its tables: two
 * components with different times cannot share one.
 */
export function logWorkspace(request: WorkspaceRequest): Workspace {
  const { environment, parent, tables } = request;
  const group = resourceGroup(environment, parent);
  const retention = pulumi.output(request.days).apply((days) => {
    const found = retentionOf(days);
    if (!found) throw new Error(`${days} days of logs were asked for; Azure keeps at most 4383`);
    return found;
  });
  const workspace = new Workspace(
    `${autoNamed(request.name, 54)}-logs`,
    {
      resourceGroupName: group.name,
      location: settings().location,
      sku: { name: "PerGB2018" },
      retentionInDays: retention.interactive,
      // Shared keys would be a second way in, beside the roles.
      features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
      tags: tagsOf(environment),
    },
    { parent },
  );
  for (const table of tables) {
    new Table(
      `${request.name}-logs-${table}`,
      {
        tableName: table,
        workspaceName: workspace.name,
        resourceGroupName: group.name,
        plan: "Analytics",
        retentionInDays: retention.interactive,
        totalRetentionInDays: retention.total,
      },
      { parent },
    );
  }
  return workspace;
}

/** Sends logs of a resource to a workspace. */
export function sendLogs(request: {
  readonly name: string;
  readonly parent: pulumi.ComponentResource;
  readonly from: { readonly id: pulumi.Output<string> };
  readonly to: Workspace;
  readonly categories: readonly string[];
  /** Into the tables of the service, and not into the one for everything. */
  readonly dedicated: boolean;
}): void {
  new DiagnosticSetting(
    `${request.name}-log-setting`,
    {
      name: "portolan",
      resourceUri: request.from.id,
      workspaceId: request.to.id,
      ...(request.dedicated ? { logAnalyticsDestinationType: "Dedicated" } : {}),
      logs: request.categories.map((category) => ({ category, enabled: true })),
    },
    { parent: request.parent },
  );
}

/** A workspace of a resource's own, and the resource's logs in it. */
export function resourceLogs(
  request: WorkspaceRequest & Omit<Parameters<typeof sendLogs>[0], "to">,
): Workspace {
  const workspace = logWorkspace(request);
  sendLogs({ ...request, to: workspace });
  return workspace;
}
