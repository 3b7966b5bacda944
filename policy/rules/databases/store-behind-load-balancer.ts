import { containersOf } from "../../lib/containers/containers";
import type { Graph } from "../../lib/graph/graph";
import { DATABASE_PORTS, parsePorts } from "../../lib/net/ports";
import { storeOfImage } from "../../lib/net/stores";
import {
  forTypes,
  undecided,
  violation,
  type Check,
  type Context,
  type Report,
  type Rule,
} from "../../lib/rule";
import type { Resource } from "../../lib/resource";
import type { Settings } from "../../lib/settings";
import type { Value } from "../../lib/value/value";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const TARGETS = "aws:lb/targetGroup:TargetGroup";

type Found = Report & { resource: Resource };

function isStorePort(value: Value, settings: Settings): boolean {
  const ports = parsePorts(value.text ?? String(value.number ?? "none")) ?? [];
  const known = [...Object.keys(DATABASE_PORTS).map(Number), ...settings.databasePorts];
  return known.some((port) =>
    ports.some(({ from, to }) => port >= from && port <= to && to - from < 1000),
  );
}

/** Listeners of internet-facing load balancers that end at a store's port. */
function run(graph: Graph, { settings }: Context): Found[] {
  return graph.ofType(LISTENER).flatMap((listener): Found[] => {
    const targets = graph.links(listener, listener.at("defaultActions"), [TARGETS]).resources;
    const port = [listener.at("port"), ...targets.map((target) => target.at("port"))].find(
      (value) => isStorePort(value, settings),
    );
    if (port === undefined || listener.at("protocol").isWord("HTTP", "HTTPS")) return [];
    return graph
      .links(listener, listener.at("loadBalancerArn"), [BALANCER])
      .resources.flatMap((balancer): Found[] => {
        const internal = balancer.at("internal");
        if (internal.unknown) return [{ ...undecided(internal), resource: balancer }];
        if (internal.boolean === true) return [];
        return [
          {
            ...violation(
              listener.at("port"),
              "an internet-facing load balancer forwards to a store",
            ),
            resource: listener,
          },
        ];
      });
  });
}

/** Containers of a store that an ingress of the platform makes reachable from the internet. */
const containerIngress =
  (isPublic: (resource: Resource) => Value, word: boolean | readonly string[]): Check =>
  (resource) => {
    const store = containersOf(resource)
      .containers.map((container) => storeOfImage(container.image.text))
      .find((found) => found !== undefined);
    if (store === undefined) return [];
    const value = isPublic(resource);
    if (value.unknown) return [undecided(value)];
    const open =
      typeof word === "boolean" ? value.boolean === word : value.absent || value.isWord(...word);
    return open
      ? [violation(value, `${store.name} is reachable through the platform's public ingress`)]
      : [];
  };

export const rule: Rule = {
  id: "store-behind-load-balancer",
  title: "No load balancer or ingress leads from the internet to a store",
  severity: "critical",
  category: "public-database",
  profile: "baseline",
  why: "A load balancer in front of a store undoes its private subnet and its security group.",
  fix: {
    aws: "Set internal to true on the load balancer, or connect from the workload's own network.",
    azure: "Set configuration.ingress.external to false, or remove the load-balancing rule.",
    gcp: "Use an internal load balancing scheme, or INGRESS_TRAFFIC_INTERNAL_ONLY.",
  },
  controls: { nist: ["SC-7", "AC-4"], cis: ["4.4", "12.2"] },
  check: {
    "azure-native:app:ContainerApp": (resource, context) => {
      const ingress = resource.at("configuration.ingress");
      const found = containerIngress(() => ingress.at("external"), true)(resource, context);
      if (found.length > 0 || ingress.at("external").boolean !== true) return found;
      const port = [ingress.at("exposedPort"), ingress.at("targetPort")].find((value) =>
        isStorePort(value, context.settings),
      );
      return port === undefined || !ingress.at("transport").isWord("tcp")
        ? []
        : [violation(port, "the public ingress leads to a store's port")];
    },
    "azure:containerapp/app:App": containerIngress(
      (resource) => resource.at("ingress.externalEnabled"),
      true,
    ),
    "gcp:cloudrunv2/service:Service": containerIngress(
      (resource) => resource.at("ingress"),
      ["INGRESS_TRAFFIC_ALL"],
    ),
    ...forTypes(["azure-native:containerinstance:ContainerGroup"], (resource, context) => {
      const address = resource.at("ipAddress");
      if (address.absent) return [];
      const found = containerIngress(() => address.at("type"), ["Public"])(resource, context);
      if (found.length > 0) return found;
      const open = address.at("type").isWord("Public");
      const port = address
        .at("ports")
        .items.find((item) => isStorePort(item.at("port"), context.settings));
      return open && port !== undefined
        ? [violation(port, "a public address answers on a store's port")]
        : [];
    }),
    ...forTypes(
      [
        "gcp:compute/forwardingRule:ForwardingRule",
        "gcp:compute/globalForwardingRule:GlobalForwardingRule",
      ],
      (resource, { settings }) => {
        const scheme = resource.at("loadBalancingScheme");
        const ports = [resource.at("portRange"), ...resource.at("ports").each];
        const port = ports.find((value) => isStorePort(value, settings));
        if (
          port === undefined ||
          scheme.isWord("INTERNAL", "INTERNAL_MANAGED", "INTERNAL_SELF_MANAGED")
        )
          return [];
        return scheme.unknown
          ? [undecided(scheme)]
          : [violation(port, "a public forwarding rule leads to a store's port")];
      },
    ),
    "azure-native:network:LoadBalancer": (resource, { settings }) => {
      const isPublic = resource
        .at("frontendIPConfigurations")
        .items.some((item) => item.at("publicIPAddress").present);
      const rules = resource.at("loadBalancingRules").items;
      const open = rules.find(
        (item) =>
          isStorePort(item.at("backendPort"), settings) ||
          isStorePort(item.at("frontendPort"), settings),
      );
      return isPublic && open !== undefined
        ? [violation(open, "a public load balancer forwards to a store's port")]
        : [];
    },
  },
  checkStack: { types: [LISTENER], run },
};
