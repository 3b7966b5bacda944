import { rule as serverlessBackend } from "../../policy/rules/deployability/gcp/gcp-serverless-neg-backend";
import { CloudError } from "../lib/table";
import type { Draft, Failure, TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { globalCompute, ref, regionalCompute } from "./shared";

const NEG = "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup";
/** What a backend may be made of. */
export const GROUPS = [NEG, "gcp:compute/instanceGroup:InstanceGroup"]
  .map((type) => ref(type, "selfLink"))
  .join("|");
const BACKEND = ref("gcp:compute/backendService:BackendService", "selfLink");
const URL_MAP = ref("gcp:compute/uRLMap:URLMap", "selfLink");
const TARGETS = [
  "gcp:compute/targetHttpsProxy:TargetHttpsProxy",
  "gcp:compute/targetHttpProxy:TargetHttpProxy",
]
  .map((type) => ref(type, "selfLink"))
  .join("|");

export const edgeTypes: Record<string, TypeTable> = {
  "gcp:compute/securityPolicy:SecurityPolicy": globalCompute("securityPolicies", {
    outputs: { fingerprint: "{hex:12}", type: "CLOUD_ARMOR" },
    replaceOn: ["type"],
    sets: ["rules"],
    validate: armorFailures,
  }),
  "gcp:compute/sSLPolicy:SSLPolicy": globalCompute("sslPolicies", {
    defaults: { profile: "COMPATIBLE", minTlsVersion: "TLS_1_0" },
    outputs: { enabledFeatures: () => [], fingerprint: "{hex:12}" },
    replaceOn: ["description"],
  }),
  "gcp:compute/managedSslCertificate:ManagedSslCertificate": globalCompute("sslCertificates", {
    outputs: {
      certificateId: ({ digits }: Draft) => Number(digits(15)),
      expireTime: "",
      subjectAlternativeNames: () => [],
      type: "MANAGED",
    },
    replaceOn: ["managed", "description", "type"],
    validate: ({ managed }) =>
      (managed?.domains ?? []).some((domain: Plain) => String(domain).startsWith("*"))
        ? [{ property: "managed.domains", reason: "wildcard domains are not supported" }]
        : [],
  }),
  "gcp:compute/sSLCertificate:SSLCertificate": globalCompute("sslCertificates", {
    secrets: ["privateKey"],
    outputs: { certificateId: ({ digits }: Draft) => Number(digits(15)), expireTime: "" },
    replaceOn: ["certificate", "privateKey", "description"],
  }),
  [NEG]: regionalCompute("networkEndpointGroups", {
    defaults: { networkEndpointType: "SERVERLESS" },
    references: { "cloudRun.service": "gcp:cloudrunv2/service:Service#name" },
    replaceOn: [
      "cloudRun",
      "cloudFunction",
      "appEngine",
      "networkEndpointType",
      "network",
      "subnetwork",
    ],
  }),
  "gcp:compute/backendService:BackendService": globalCompute("backendServices", {
    defaults: { loadBalancingScheme: "EXTERNAL", protocol: "HTTP" },
    outputs: { generatedId: ({ digits }: Draft) => Number(digits(15)), fingerprint: "{hex:12}" },
    references: {
      "backends[*].group": GROUPS,
      healthChecks: ref("gcp:compute/healthCheck:HealthCheck", "selfLink"),
      securityPolicy: ref("gcp:compute/securityPolicy:SecurityPolicy", "selfLink"),
    },
    replaceOn: ["loadBalancingScheme"],
    sets: ["backends", "customResponseHeaders"],
    rules: [serverlessBackend],
  }),
  "gcp:compute/uRLMap:URLMap": globalCompute("urlMaps", {
    outputs: { mapId: ({ digits }: Draft) => Number(digits(15)), fingerprint: "{hex:12}" },
    references: {
      defaultService: BACKEND,
      "pathMatchers[*].defaultService": BACKEND,
      "pathMatchers[*].pathRules[*].service": BACKEND,
      "pathMatchers[*].routeRules[*].service": BACKEND,
      "defaultRouteAction.weightedBackendServices[*].backendService": BACKEND,
      "pathMatchers[*].defaultRouteAction.weightedBackendServices[*].backendService": BACKEND,
    },
    sets: ["hostRules"],
    validate: matcherFailures,
  }),
  "gcp:compute/targetHttpsProxy:TargetHttpsProxy": globalCompute("targetHttpsProxies", {
    outputs: { proxyId: ({ digits }: Draft) => Number(digits(15)), fingerprint: "{hex:12}" },
    references: {
      urlMap: URL_MAP,
      sslPolicy: ref("gcp:compute/sSLPolicy:SSLPolicy", "selfLink"),
    },
    replaceOn: ["description", "proxyBind", "httpKeepAliveTimeoutSec"],
    create: needsCertificate,
  }),
  "gcp:compute/targetHttpProxy:TargetHttpProxy": globalCompute("targetHttpProxies", {
    outputs: { proxyId: ({ digits }: Draft) => Number(digits(15)), fingerprint: "{hex:12}" },
    references: { urlMap: URL_MAP },
    replaceOn: ["description", "proxyBind", "httpKeepAliveTimeoutSec"],
  }),
  "gcp:compute/globalForwardingRule:GlobalForwardingRule": globalCompute("forwardingRules", {
    defaults: { loadBalancingScheme: "EXTERNAL" },
    outputs: {
      forwardingRuleId: ({ digits }: Draft) => Number(digits(15)),
      networkTier: "PREMIUM",
    },
    references: { target: TARGETS },
    replaceOn: [
      "ipAddress",
      "ipProtocol",
      "ipVersion",
      "loadBalancingScheme",
      "portRange",
      "network",
    ],
  }),
  "gcp:compute/healthCheck:HealthCheck": globalCompute("healthChecks", {
    outputs: { type: "HTTP" },
  }),
};

export function matcherFailures({ hostRules = [], pathMatchers = [] }: Plain): readonly Failure[] {
  const names = (pathMatchers as Plain[]).map(({ name }) => name);
  return (hostRules as Plain[])
    .filter(({ pathMatcher }) => typeof pathMatcher === "string" && !names.includes(pathMatcher))
    .map(({ pathMatcher }) => ({
      property: "hostRules",
      reason: `there is no path matcher "${pathMatcher}"`,
    }));
}

/** Priorities once each, and a last rule that matches everybody. */
function armorFailures({ rules }: Plain): readonly Failure[] {
  if (!Array.isArray(rules)) return [];
  const list = rules as { priority?: Plain; match?: Plain }[];
  const priorities = list.map(({ priority }) => priority);
  const failures: Failure[] = [];
  if (new Set(priorities).size < priorities.length) {
    failures.push({ property: "rules", reason: "two rules have the same priority" });
  }
  const last = list.find(({ priority }) => priority === 2147483647);
  if (last?.match?.config?.srcIpRanges?.[0] !== "*") {
    failures.push({
      property: "rules",
      reason: "Security policy must have a default rule with priority 2147483647 that matches '*'",
    });
  }
  for (const { match, priority } of list) {
    if ((match?.config?.srcIpRanges ?? []).length > 10) {
      failures.push({
        property: "rules",
        reason: `rule ${priority} has more than 10 source ranges`,
      });
    }
  }
  return failures;
}

export function needsCertificate({
  inputs,
}: Parameters<NonNullable<TypeTable["create"]>>[0]): undefined {
  const given = [
    inputs.sslCertificates,
    inputs.certificateMap,
    inputs.certificateManagerCertificates,
  ];
  if (given.every((value) => value === undefined)) {
    throw new CloudError(
      "googleapi: Error 400: At least 1 SSL certificate must be specified for a target HTTPS proxy, required",
    );
  }
  return undefined;
}
