import { historyOf, type AppRevision } from "../azure-native/app-revisions";
import { digestOf } from "../lib/images";
import type { CloudObject } from "../lib/store";
import type { Plain } from "../lib/values";
import { Refusal, type Command, type Objects, type StandIn } from "./stand-in";

const APP = "azure-native:app:ContainerApp";

type Answer = (options: Command["options"], cloud: Objects) => Plain;

const COMMANDS: Readonly<Record<string, Answer>> = {
  "account show": ({ subscription }) => ({ id: subscription, user: { name: "simulated" } }),
  "acr repository show": ({ name, image }) => ({ digest: digestOf(`${name}.azurecr.io/${image}`) }),
  "containerapp show": (options, cloud) => {
    const app = appOf(options, cloud);
    const { revisions } = historyOf(app);
    return {
      name: options.name,
      properties: {
        configuration: { activeRevisionsMode: modeOf(revisions) },
        latestRevisionName: revisions.at(-1)?.name,
        latestReadyRevisionName: revisions.findLast(({ problem }) => !problem)?.name,
      },
    };
  },
  "containerapp revision list": (options, cloud) =>
    historyOf(appOf(options, cloud)).revisions.map(told),
  "containerapp revision set-mode": (options, cloud) => {
    appOf(options, cloud);
    return options.mode ?? "";
  },
  "containerapp revision activate": (options, cloud) => {
    const { revision } = options;
    change(options, cloud, (each) => (each.name === revision ? { ...each, active: true } : each));
    return "Activate succeeded";
  },
  "containerapp ingress traffic set": (options, cloud) => {
    const weights = new Map(
      (options["revision-weight"] ?? "").split(" ").map((each) => {
        const [name = "", weight] = each.split("=");
        return [name, Number(weight)] as const;
      }),
    );
    const now = new Date().toISOString();
    change(options, cloud, (each) => {
      const weight = weights.get(each.name) ?? 0;
      return { ...each, weight, ...(weight > 0 && each.weight === 0 ? { shifted: now } : {}) };
    });
    return [...weights].map(([revisionName, weight]) => ({ revisionName, weight }));
  },
  // The simulated cloud measures nothing, so nothing fires an alert but a test.
  rest: ({ url = "" }) => {
    if (url.includes("/providers/Microsoft.AlertsManagement/alerts?")) return { value: [] };
    throw new Error(`the stand-in for az does not know ${url}`);
  },
};

export const standIn: StandIn = {
  package: "azure-native",
  answer({ text, options }, cloud) {
    if (options.output !== "json") throw new Error("the stand-in for az answers in JSON only");
    const answer = COMMANDS[text];
    if (!answer) throw new Error(`the stand-in for az does not know "${text}"`);
    return answer(options, cloud);
  },
};

function appOf({ name, "resource-group": group }: Command["options"], cloud: Objects): CloudObject {
  const found = cloud.view
    .all(APP)
    .find(({ id }) => id.includes(`/resourceGroups/${group}/`) && id.endsWith(`/${name}`));
  if (found) return found;
  throw new Refusal(`ERROR: (ResourceNotFound) The containerapp '${name}' does not exist`, 3);
}

/** More than one that could serve are there in `Multiple` mode only. */
const modeOf = (revisions: readonly AppRevision[]): string =>
  revisions.filter(({ active, problem }) => active && !problem).length > 1 ? "Multiple" : "Single";

function told({ name, images, created, active, weight, label, problem }: AppRevision): Plain {
  return {
    name,
    properties: {
      active,
      createdTime: created,
      trafficWeight: weight,
      ...(label ? { labels: [label] } : {}),
      provisioningState: problem ? "Failed" : "Provisioned",
      healthState: problem ? "Unhealthy" : "Healthy",
      runningState: problem ? "Failed" : active ? "Running" : "Stopped",
      ...(problem ? { provisioningError: problem } : {}),
      template: { containers: images.map((image) => ({ name: "container", image })) },
    },
  };
}

function change(
  options: Command["options"],
  cloud: Objects,
  each: (revision: AppRevision) => AppRevision,
): void {
  const app = appOf(options, cloud);
  const { revisions } = historyOf(app);
  cloud.view.remember(app, { revisions: revisions.map(each) } as unknown as Plain);
}
