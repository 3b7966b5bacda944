import { historyOf, routed, type AppRevision } from "../azure-native/app-revisions";
import { digestOf } from "../lib/images";
import type { CloudObject } from "../lib/store";
import { plain, type Plain } from "../lib/values";
import { Refusal, type Command, type Objects, type StandIn } from "./stand-in";

const APP = "azure-native:app:ContainerApp";

/** Every simulated image is there from the beginning, and no tag is ever moved. */
const PUSHED = "2020-01-01T00:00:00.0000000Z";

type Answer = (options: Command["options"], cloud: Objects) => Plain;

const COMMANDS: Readonly<Record<string, Answer>> = {
  "account show": ({ subscription }) => ({ id: subscription, user: { name: "simulated" } }),
  "acr login": () => "Login Succeeded\n",
  "acr repository show": ({ name, image }) => ({
    digest: digestOf(`${name}.azurecr.io/${image}`),
    lastUpdateTime: PUSHED,
  }),
  "containerapp show": (options, cloud) => {
    const app = appOf(options, cloud);
    const { revisions } = historyOf(app);
    const { activeRevisionsMode = "Single" } = plain(app.inputs.configuration) as Plain;
    return {
      name: options.name,
      properties: {
        configuration: { activeRevisionsMode },
        latestRevisionName: revisions.at(-1)?.name,
        latestReadyRevisionName: revisions.findLast(({ problem }) => !problem)?.name,
      },
    };
  },
  "containerapp revision list": (options, cloud) =>
    historyOf(appOf(options, cloud)).revisions.map(told),
  "containerapp revision set-mode": (options, cloud) => {
    const mode = options.mode === "multiple" ? "Multiple" : "Single";
    configure(options, cloud, "configuration.activeRevisionsMode", mode);
    return mode;
  },
  "containerapp revision activate": (options, cloud) => {
    const app = appOf(options, cloud);
    const revisions = historyOf(app).revisions.map((each) =>
      each.name === options.revision ? { ...each, active: true } : each,
    );
    cloud.view.remember(app, { revisions });
    return "Activate succeeded";
  },
  "containerapp ingress traffic set": (options, cloud) => {
    const weights = (options["revision-weight"] ?? "").split(" ").map((each) => {
      const [name = "", weight] = each.split("=");
      const which = name === "latest" ? { latestRevision: true } : { revisionName: name };
      return { ...which, weight: Number(weight) };
    });
    configure(options, cloud, "configuration.ingress.traffic", weights);
    return weights;
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
    const isPlain = text === "acr login";
    if (options.output !== "json" && !isPlain)
      throw new Error("the stand-in for az answers in JSON only");
    const answer = COMMANDS[text];
    if (!answer) throw new Error(`the stand-in for az does not know "${text}"`);
    const said = answer(options, cloud);
    // A text is printed as JSON, too.
    return typeof said === "string" ? JSON.stringify(said) : said;
  },
};

function appOf({ name, "resource-group": group }: Command["options"], cloud: Objects): CloudObject {
  const found = cloud.view
    .all(APP)
    .find(({ id }) => id.includes(`/resourceGroups/${group}/`) && id.endsWith(`/${name}`));
  if (found) return found;
  throw new Refusal(`ERROR: (ResourceNotFound) The containerapp '${name}' does not exist`, 3);
}

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

/** The traffic follows the app's configuration. */
function configure(options: Command["options"], cloud: Objects, path: string, value: Plain): void {
  const app = cloud.view.configure(appOf(options, cloud), path, value);
  cloud.view.remember(app, routed(historyOf(app), plain(app.inputs)));
}
