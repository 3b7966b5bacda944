import { mustBeOneOf, mustNotBeTrue } from "../../lib/check/simple";
import type { Graph } from "../../lib/graph/graph";
import type { Resource } from "../../lib/resource";
import { undecided, violation, type Report, type Rule } from "../../lib/rule";

const SERVICE = "gcp:cloudrunv2/service:Service";
const BEHIND_THE_EDGE = ["INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER", "INGRESS_TRAFFIC_INTERNAL_ONLY"];
const INVOKERS = [
  "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
  "gcp:cloudrunv2/serviceIamBinding:ServiceIamBinding",
  "gcp:cloudrun/iamMember:IamMember",
  "gcp:cloudrun/iamBinding:IamBinding",
];

/** Behind a load balancer a service has to let everybody call it: the balancer has no identity of its own. */
function openToAnybody(graph: Graph): (Report & { resource: Resource })[] {
  return graph.ofType(...INVOKERS).flatMap((grant) => {
    const services = graph.links(grant, grant.at("name"), [SERVICE]).resources;
    if (
      services.length > 0 &&
      services.every((service) => service.at("ingress").isWord(...BEHIND_THE_EDGE))
    )
      return [];
    const members = [...grant.at("member").each, ...grant.at("members").each];
    return members.flatMap((member): (Report & { resource: Resource })[] => {
      if (member.unknown)
        return member.prefix === "" ? [{ ...undecided(member), resource: grant }] : [];
      const anybody = /^all(Authenticated)?Users$/.test(member.text ?? "");
      return anybody
        ? [{ ...violation(member, "anybody may call the service"), resource: grant }]
        : [];
    });
  });
}

const APP = "azure-native:app:ContainerApp";
const ENVIRONMENT = "azure-native:app:ManagedEnvironment";

/** True for an environment that has no address on the internet. */
function isInternal(environment: Resource): boolean {
  return (
    environment.at("vnetConfiguration.internal").boolean === true ||
    environment.at("publicNetworkAccess").isWord("Disabled")
  );
}

/** "External" means outside of the environment: who that is depends on where the environment can be reached. */
function externalApps(graph: Graph): (Report & { resource: Resource })[] {
  return graph.ofType(APP).flatMap((app) => {
    const ingress = app.at("configuration.ingress");
    if (ingress.at("ipSecurityRestrictions").each.length > 0) return [];
    const environments = [app.at("managedEnvironmentId"), app.at("environmentId")].flatMap(
      (id) => graph.links(app, id, [ENVIRONMENT]).resources,
    );
    if (environments.length > 0 && environments.every(isInternal)) return [];
    const reports = mustNotBeTrue(
      ingress.at("external"),
      "the app answers on its own public address",
    );
    return reports.map((report) => ({ ...report, resource: app }));
  });
}

export const rule: Rule = {
  id: "edge-bypass",
  title: "Services are reached through the edge only",
  severity: "medium",
  category: "public-service",
  profile: "strict",
  why: "The platform's own address of a service is a second entrance, past the edge's filters, limits and logs.",
  fix: {
    aws: "Serve the function through the edge; set authorizationType AWS_IAM on its URL.",
    azure:
      "Use an internal environment (vnetConfiguration.internal) or admit the edge's addresses only (ipSecurityRestrictions).",
    gcp: "Set ingress to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER, and grant the invoker role to the edge's identity.",
  },
  controls: { nist: ["SC-7", "AC-4"], cis: ["4.4", "12.2"] },
  check: {
    [SERVICE]: (resource) =>
      mustBeOneOf(
        resource.at("ingress"),
        BEHIND_THE_EDGE,
        "the service answers on its own public address",
      ),
    "aws:apprunner/service:Service": (resource) => {
      const open = resource.at("networkConfiguration.ingressConfiguration.isPubliclyAccessible");
      return mustNotBeTrue(open, "the service answers on its own public address", "violates");
    },
  },
  checkStack: {
    types: [...INVOKERS, APP],
    run: (graph) => [...openToAnybody(graph), ...externalApps(graph)],
  },
};
