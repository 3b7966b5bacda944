import { rule as serverlessBackend } from "../../policy/rules/deployability/gcp/gcp-serverless-neg-backend";
import { CloudError } from "../lib/table";
import type { Draft, TypeTable } from "../lib/table";
import { GROUPS, matcherFailures, needsCertificate } from "./compute-edge";
import { NETWORK, ref, regionalCompute, SUBNETWORK } from "./shared";

const BACKEND = ref("gcp:compute/regionBackendService:RegionBackendService", "selfLink");
const URL_MAP = ref("gcp:compute/regionUrlMap:RegionUrlMap", "selfLink");
const TARGETS = [
  "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy",
  "gcp:compute/regionTargetHttpProxy:RegionTargetHttpProxy",
]
  .map((type) => ref(type, "selfLink"))
  .join("|");

const number = ({ digits }: Draft): number => Number(digits(15));

/** The Application Load Balancer inside one region. */
export const regionalEdgeTypes: Record<string, TypeTable> = {
  "gcp:compute/regionSslPolicy:RegionSslPolicy": regionalCompute("sslPolicies", {
    defaults: { profile: "COMPATIBLE", minTlsVersion: "TLS_1_0" },
    outputs: { enabledFeatures: () => [], fingerprint: "{hex:12}" },
    replaceOn: ["description"],
  }),
  "gcp:compute/regionBackendService:RegionBackendService": regionalCompute("backendServices", {
    defaults: { loadBalancingScheme: "INTERNAL", protocol: "HTTP" },
    outputs: { generatedId: number, fingerprint: "{hex:12}" },
    references: { "backends[*].group": GROUPS },
    replaceOn: ["loadBalancingScheme", "network"],
    sets: ["backends"],
    rules: [serverlessBackend],
  }),
  "gcp:compute/regionUrlMap:RegionUrlMap": regionalCompute("urlMaps", {
    outputs: { mapId: number, fingerprint: "{hex:12}" },
    references: {
      defaultService: BACKEND,
      "pathMatchers[*].routeRules[*].service": BACKEND,
      "defaultRouteAction.weightedBackendServices[*].backendService": BACKEND,
      "pathMatchers[*].defaultRouteAction.weightedBackendServices[*].backendService": BACKEND,
    },
    sets: ["hostRules"],
    validate: matcherFailures,
  }),
  "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy": regionalCompute(
    "targetHttpsProxies",
    {
      outputs: { proxyId: number },
      references: {
        urlMap: URL_MAP,
        sslPolicy: ref("gcp:compute/regionSslPolicy:RegionSslPolicy", "selfLink"),
      },
      replaceOn: ["description", "httpKeepAliveTimeoutSec"],
      create: needsCertificate,
    },
  ),
  "gcp:compute/regionTargetHttpProxy:RegionTargetHttpProxy": regionalCompute("targetHttpProxies", {
    outputs: { proxyId: number },
    references: { urlMap: URL_MAP },
    replaceOn: ["description", "httpKeepAliveTimeoutSec"],
  }),
  "gcp:compute/forwardingRule:ForwardingRule": regionalCompute("forwardingRules", {
    defaults: { loadBalancingScheme: "EXTERNAL" },
    outputs: { forwardingRuleId: number, serviceName: "" },
    references: { target: TARGETS, network: NETWORK, subnetwork: SUBNETWORK },
    replaceOn: [
      ...["ipAddress", "ipProtocol", "ipVersion", "loadBalancingScheme", "portRange", "ports"],
      ...["network", "subnetwork"],
    ],
    create: needsProxies,
  }),
};

/** The balancer's own proxies need a subnet of their own in the region. */
function needsProxies({
  inputs,
  cloud,
}: Parameters<NonNullable<TypeTable["create"]>>[0]): undefined {
  if (inputs.loadBalancingScheme !== "INTERNAL_MANAGED") return undefined;
  const there = cloud
    .all("gcp:compute/subnetwork:Subnetwork")
    .some(({ outputs }) => (outputs as { purpose?: unknown }).purpose === "REGIONAL_MANAGED_PROXY");
  if (there) return undefined;
  throw new CloudError(
    "googleapi: Error 400: Invalid value for field 'resource.target': An active proxy-only subnetwork is " +
      "required in the same region and VPC as the forwarding rule., invalid",
  );
}
