import { appOf } from "../../../lib/deployability/azure/front-door";
import { FRONT_DOOR, ORIGIN } from "../../../lib/deployability/azure/types";
import { containersOf, environmentOf } from "../../../lib/deployability/azure/workloads";
import { ofEach } from "../../../lib/deployability/each";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "azure-fd-origin-lockdown",
  title: "An app behind Front Door cannot be reached past it",
  fails: {
    when: "runtime",
    effect: "insecure",
    answer:
      "everything works, and the firewall is skipped through the app's azurecontainerapps.io name.",
  },
  fix: "Reach an internal environment by sharedPrivateLinkResource; or allow only Front Door's addresses in ipSecurityRestrictions and let the app check X-Azure-FDID against the profile's frontDoorId.",
  source:
    "https://learn.microsoft.com/azure/container-apps/front-door-custom-virtual-network-private-link",
  checkStack: ofEach([ORIGIN], (origin, graph): Report[] => {
    if (origin.at("sharedPrivateLinkResource").present) return [];
    const app = appOf(graph, origin);
    const external = app?.at("configuration.ingress.external");
    if (app === undefined || external === undefined) return [];
    const { resource: environment, open } = environmentOf(graph, app);
    if (environment === undefined) return external.boolean === true ? [...open] : [];
    const internal = environment.at("vnetConfiguration.internal");
    const access = environment.at("publicNetworkAccess");
    if (internal.boolean === true || access.isWord("Disabled")) return [];
    const [unknown] = [external, internal, access].filter((value) => value.unknown);
    if (unknown !== undefined) return [undecided(unknown)];
    if (external.boolean !== true || isLocked(graph, app)) return [];
    return [violation(origin.at("hostName"), `${app.name} answers the internet by itself`)];
  }),
});

function isLocked(graph: Graph, app: Resource): boolean {
  const restrictions = app.at("configuration.ingress.ipSecurityRestrictions");
  const allowed =
    restrictions.unknown ||
    restrictions.items.some((one) => one.at("action").isWord("Allow") || one.at("action").unknown);
  const told = containersOf(app).some((container) =>
    [...valuesAt(container, "env[].value"), ...valuesAt(container, "env[].name")].some(
      (value) =>
        /(FDID|FRONT_?DOOR_?ID)/i.test(value.text ?? "") ||
        (value.unknown && graph.links(app, value, [FRONT_DOOR]).resources.length > 0),
    ),
  );
  return allowed && told;
}
