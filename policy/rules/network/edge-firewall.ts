import { mustBeSet } from "../../lib/check/simple";
import type { Graph } from "../../lib/graph/graph";
import { violation, type Report, type Rule } from "../../lib/rule";
import type { Resource } from "../../lib/resource";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const ENDPOINT = "azure-native:cdn:AFDEndpoint";
const POLICY = "azure-native:cdn:SecurityPolicy";
const MESSAGE = "no web application firewall stands before it";

function withoutFirewall(graph: Graph): (Report & { resource: Resource })[] {
  const guarded = new Set([
    ...graph
      .ofType(ASSOCIATION)
      .flatMap((item) => graph.links(item, item.at("resourceArn"), [BALANCER]).resources),
    ...graph
      .ofType(POLICY)
      .flatMap((item) => graph.links(item, item.at("parameters"), [ENDPOINT]).resources),
  ]);
  const balancers = graph
    .ofType(BALANCER)
    .filter(
      (balancer) =>
        balancer.at("internal").boolean !== true &&
        !balancer.at("loadBalancerType").isWord("network", "gateway"),
    );
  return [...balancers, ...graph.ofType(ENDPOINT)]
    .filter((resource) => !guarded.has(resource))
    .map((resource) => ({ ...violation(resource.props, MESSAGE), resource }));
}

export const rule: Rule = {
  id: "edge-firewall",
  title: "A web application firewall stands before every edge",
  severity: "medium",
  category: "public-service",
  profile: "strict",
  why: "Known attacks and floods reach the program itself, which was not written to sort them out.",
  fix: {
    aws: "Associate a WAFv2 web ACL (WebAclAssociation; webAclId of distributions).",
    azure: "Add a SecurityPolicy of the Front Door profile that names the endpoint.",
    gcp: "Set securityPolicy of the backend service.",
  },
  controls: { nist: ["SC-7", "SI-4", "SC-5"], cis: ["13.10"] },
  check: {
    "aws:cloudfront/distribution:Distribution": (resource) =>
      mustBeSet(resource.at("webAclId"), MESSAGE),
    "gcp:compute/backendService:BackendService": (resource) =>
      resource.at("loadBalancingScheme").isWord("EXTERNAL", "EXTERNAL_MANAGED") ||
      resource.at("loadBalancingScheme").absent
        ? mustBeSet(resource.at("securityPolicy"), MESSAGE)
        : [],
  },
  checkStack: { types: [BALANCER, ENDPOINT], run: withoutFirewall },
};
