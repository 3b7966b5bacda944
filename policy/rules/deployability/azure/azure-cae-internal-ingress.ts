import { ofEach } from "../../../lib/deployability/each";
import {
  APP,
  ENVIRONMENT,
  ORIGIN,
  ZONE,
  PRIVATE_ENDPOINT,
} from "../../../lib/deployability/azure/types";
import { environmentOf } from "../../../lib/deployability/azure/workloads";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "azure-cae-internal-ingress",
  title:
    "An internal environment has a subnet, and its apps can be reached from where they are used",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "broken",
    answer:
      "VnetConfigurationInternalInvalid: an internal environment needs infrastructureSubnetId; where it has one, the edge gets 404 or nobody resolves <app>.<defaultDomain>.",
  },
  fix: "Set vnetConfiguration.infrastructureSubnetId; lead Front Door in by sharedPrivateLinkResource, and other clients by a private zone named defaultDomain with a record * to staticIp.",
  source: "https://learn.microsoft.com/azure/container-apps/networking",
  check: {
    [ENVIRONMENT]: (environment) => {
      const network = environment.at("vnetConfiguration");
      const internal = network.at("internal");
      if (network.at("infrastructureSubnetId").present) return [];
      if (internal.unknown) return [undecided(internal)];
      return internal.boolean === true
        ? [violation(internal, "internal is true, but the environment has no subnet")]
        : [];
    },
  },
  checkStack: {
    types: [ORIGIN, APP],
    run: (graph, context) => [
      ...ofEach([ORIGIN], (origin) => checkOrigin(graph, origin)).run(graph, context),
      ...ofEach([APP], (app) => checkName(graph, app)).run(graph, context),
    ],
  },
});

/** Front Door comes from the internet and finds no internal environment there. */
function checkOrigin(graph: Graph, origin: Resource): Report[] {
  const host = origin.at("hostName");
  if (origin.at("sharedPrivateLinkResource").present) return [];
  return graph.links(origin, host, [APP, ENVIRONMENT]).resources.flatMap((one) => {
    const environment = one.type === APP ? environmentOf(graph, one).resource : one;
    const internal = environment?.at("vnetConfiguration.internal");
    if (internal === undefined || environment === undefined) return [];
    if (internal.unknown) return [undecided(internal)];
    return internal.boolean === true
      ? [
          violation(
            host,
            `${environment.name} is internal, and the origin has no private link to it`,
          ),
        ]
      : [];
  });
}

/** Hosts of the network need a zone with the generated domain; nobody outside can have made it before. */
function checkName(graph: Graph, app: Resource): Report[] {
  const external = app.at("configuration.ingress.external");
  if (external.boolean !== true) return [];
  const { resource: environment } = environmentOf(graph, app);
  if (environment?.at("vnetConfiguration.internal").boolean !== true) return [];
  if (!isFromNetwork(graph, environment)) return [];
  const zones = graph.ofType(ZONE).some((zone) => {
    const name = zone.at("privateZoneName");
    if (name.unknown && graph.links(zone, name).resources.length === 0) return true;
    if (graph.links(zone, name, [ENVIRONMENT]).resources.includes(environment)) return true;
    return /azurecontainerapps\.io$/i.test(name.text ?? "");
  });
  return zones
    ? []
    : [
        violation(
          external,
          `no private zone of the plan holds the domain of ${environment.name}, so the network does not find the app`,
        ),
      ];
}

/** Clients that come by private link, or by a gateway told the address, need no zone. */
function isFromNetwork(graph: Graph, environment: Resource): boolean {
  const users = graph.referrers(environment);
  return !users.some(({ type }) => type === ORIGIN || type === PRIVATE_ENDPOINT || isGateway(type));
}

function isGateway(type: string): boolean {
  return /:(ApplicationGateway|PrivateLinkService|DnsForwardingRuleset|ForwardingRule)$/.test(type);
}
