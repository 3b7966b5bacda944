import type { Revision } from "../driver";
import type { StackResource } from "../stack";
import { az } from "./azure-cli";
import { digestRun } from "./azure-images";

/** Between two looks at a revision that starts again, in milliseconds. */
const PAUSE = 5_000;
/** Longest wait for it, in milliseconds. */
const PATIENCE = 2 * 60_000;

/** A container app, as the state names it. */
export interface Place {
  /** Name in the description. */
  readonly service: string;
  /** Name of the app. */
  readonly name: string;
  readonly subscription: string;
  readonly group: string;
  readonly urn: string;
}

/** An app as `az containerapp show` tells of it. */
interface App {
  readonly properties: {
    readonly latestRevisionName?: string;
    readonly configuration: { readonly activeRevisionsMode?: string };
  };
}

/** A revision as `az containerapp revision list` tells of it. */
interface AppRevision {
  readonly name: string;
  readonly properties: {
    readonly active?: boolean;
    readonly createdTime: string;
    readonly trafficWeight?: number;
    readonly healthState?: string;
    readonly provisioningState?: string;
    readonly runningState?: string;
    readonly provisioningError?: string;
    readonly template: {
      readonly containers: readonly { readonly name: string; readonly image: string }[];
    };
  };
}

/** `/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.App/containerApps/<name>`. */
export function placeOf(service: string, { id = "", urn }: StackResource): Place {
  const [, , subscription = "", , group = "", , , , name = ""] = id.split("/");
  return { service, name, subscription, group, urn };
}

/** Options that name the app in every command about it. */
const at = ({ name, group, subscription }: Place): string[] => [
  ...["--name", name, "--resource-group", group, "--subscription", subscription],
];

/** Revisions with traffic and the newest one, newest first. */
export async function revisionsOf(place: Place): Promise<Revision[]> {
  const [app, all] = await Promise.all([show(place), list(place)]);
  const newest = app.properties.latestRevisionName;
  const revisions = all
    .filter(({ name, properties }) => name === newest || shareOf(properties) > 0)
    .sort((a, b) => b.properties.createdTime.localeCompare(a.properties.createdTime))
    .map(async ({ name, properties }) => {
      const { createdTime, template } = properties;
      const program = template.containers.find((each) => each.name === place.service);
      const { image = "" } = program ?? template.containers[0] ?? {};
      const digest = await digestRun(image, createdTime);
      return {
        name,
        image,
        ...(digest === undefined ? {} : { digest }),
        percent: shareOf(properties),
        newest: name === newest,
        ...healthOf(properties),
      };
    });
  return Promise.all(revisions);
}

/** A weight stays with a revision that has been ended. */
const shareOf = ({ active = false, trafficWeight = 0 }: AppRevision["properties"]): number =>
  active ? trafficWeight : 0;

function healthOf(properties: AppRevision["properties"]): Pick<Revision, "healthy" | "reason"> {
  const { healthState, provisioningState, runningState, provisioningError } = properties;
  const isBroken =
    provisioningState === "Failed" ||
    healthState === "Unhealthy" ||
    runningState === "Failed" ||
    runningState === "Degraded";
  if (isBroken) {
    return { healthy: "no", ...(provisioningError ? { reason: provisioningError } : {}) };
  }
  const isUp = provisioningState === "Provisioned" && healthState === "Healthy";
  return { healthy: isUp ? "yes" : "unknown" };
}

/**
 * All traffic to one revision, whatever the app's mode is and whether or not it has been ended. An
 * ended one gets it when it runs again, or after `PATIENCE`: what serves now is not to go on.
 */
export async function giveAll(place: Place, revision: string): Promise<void> {
  const app = await show(place);
  if (app.properties.configuration.activeRevisionsMode !== "Multiple") {
    await az("containerapp", "revision", "set-mode", ...at(place), "--mode", "multiple");
  }
  if (!(await isUp(place, revision))) {
    await az("containerapp", "revision", "activate", ...at(place), "--revision", revision);
    for (const end = Date.now() + PATIENCE; !(await isUp(place, revision)) && Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
  await az(
    ...["containerapp", "ingress", "traffic", "set", ...at(place)],
    ...["--revision-weight", `${revision}=100`, "latest=0"],
  );
}

async function isUp(place: Place, revision: string): Promise<boolean> {
  const found = (await list(place)).find(({ name }) => name === revision)?.properties;
  return found?.active === true && !["Stopped", "Processing"].includes(found.runningState ?? "");
}

const show = (place: Place): Promise<App> => az<App>("containerapp", "show", ...at(place));

const list = (place: Place): Promise<readonly AppRevision[]> =>
  az("containerapp", "revision", "list", ...at(place), "--all");
