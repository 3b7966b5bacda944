import { CloudError } from "../lib/table";
import type { PackageTable, Place } from "../lib/table";
import type { Plain } from "../lib/values";
import { readOf } from "./reads";

/** Subscription of a program that does not say which one it means. */
const SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";

/** The simulated Azure. */
export const provider: PackageTable = {
  name: "azure-native",
  services: {
    app: () => import("./app"),
    applicationinsights: () => import("./applicationinsights"),
    authorization: () => import("./authorization"),
    cdn: () => import("./cdn"),
    compute: () => import("./compute"),
    containerinstance: () => import("./containerinstance"),
    containerregistry: () => import("./containerregistry"),
    containerservice: () => import("./containerservice"),
    cosmosdb: () => import("./cosmosdb"),
    dbforpostgresql: () => import("./dbforpostgresql"),
    dns: () => import("./dns"),
    documentdb: () => import("./cosmosdb"),
    frontdoor: () => import("./frontdoor"),
    insights: () => import("./monitor"),
    keyvault: () => import("./keyvault"),
    managedidentity: () => import("./managedidentity"),
    monitor: () => import("./monitor"),
    network: () => import("./network"),
    operationalinsights: () => import("./operationalinsights"),
    privatedns: () => import("./privatedns"),
    recoveryservices: () => import("./recoveryservices"),
    redis: () => import("./redis"),
    redisenterprise: () => import("./redisenterprise"),
    resources: () => import("./resources"),
    securityinsights: () => import("./securityinsights"),
    sql: () => import("./sql"),
    storage: () => import("./storage"),
    web: () => import("./web"),
  },
  place,
  scopes: { region: ["subscription"], account: ["subscription"], global: [] },
  ambient,
  reads: readOf,
};

function place(config: Record<string, Plain>): Place {
  const location: Plain = config.location ?? process.env.ARM_LOCATION_NAME ?? "westeurope";
  const subscription: Plain =
    config.subscriptionId ?? process.env.ARM_SUBSCRIPTION_ID ?? SUBSCRIPTION;
  if (typeof location !== "string" || typeof subscription !== "string") {
    throw new CloudError("azure-native:location and azure-native:subscriptionId must be texts");
  }
  const tenant = typeof config.tenantId === "string" ? config.tenantId : SUBSCRIPTION;
  return { location: location.toLowerCase().replaceAll(" ", ""), subscription, tenant };
}

/**
 * What exists although no program of this sandbox made it: Azure's own group of network watchers,
 * public DNS zones and the groups they are in, and whatever has an id in another group.
 */
function ambient(type: string, value: string): boolean {
  if (type === "azure-native:resources:ResourceGroup") return value === "NetworkWatcherRG";
  return type === "azure-native:dns:Zone";
}
