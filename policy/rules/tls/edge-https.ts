import { mustBeTrue, mustNotBeOneOf, mustNotBeTrue } from "../../lib/check/simple";
import { undecided, violation, type Check, type Report, type Rule } from "../../lib/rule";
import type { Value } from "../../lib/value/value";

const ELSEWHERE = "cannot tell: nothing in the plan says where the URL map leads plain HTTP";
const MESSAGE = "traffic is accepted without TLS";

/** A listener may take plain HTTP to send it to HTTPS, and for nothing else. */
const listener: Check = (resource) => {
  const protocol = resource.at("protocol");
  if (protocol.unknown) return [undecided(protocol)];
  const plain = protocol.isWord("HTTP") || (protocol.absent && resource.at("port").number === 80);
  if (!plain) return [];
  const actions = resource.at("defaultActions");
  if (actions.unknown) return [undecided(actions)];
  const redirects = actions.items.some((action) =>
    action.at("redirect.protocol").isWord("HTTPS", "#{protocol}s"),
  );
  return redirects ? [] : [violation(protocol.absent ? resource.at("port") : protocol, MESSAGE)];
};

const distribution: Check = (resource) => [
  ...[resource.at("defaultCacheBehavior"), ...resource.at("orderedCacheBehaviors").items].flatMap(
    (behavior) => mustNotBeOneOf(behavior.at("viewerProtocolPolicy"), ["allow-all"], MESSAGE),
  ),
  ...resource
    .at("origins")
    .items.map((origin) => origin.at("customOriginConfig.originProtocolPolicy"))
    .flatMap((policy) => mustNotBeOneOf(policy, ["http-only"], "the origin is asked without TLS")),
];

/** A gateway may take plain HTTP to redirect it. */
const gateway: Check = (resource) => {
  const plain = resource
    .at("httpListeners")
    .items.find((item) => item.at("protocol").isWord("Http"));
  const redirects = resource.at("redirectConfigurations").each.length > 0;
  return plain === undefined || redirects ? [] : [violation(plain, MESSAGE)];
};

function frontDoorRoute(resource: { at(path: string): Value }): Report[] {
  const protocols = resource.at("supportedProtocols");
  if (protocols.unknown) return [undecided(protocols)];
  const takesHttp =
    protocols.each.length === 0 || protocols.each.some((item) => item.isWord("Http"));
  return takesHttp
    ? mustNotBeOneOf(resource.at("httpsRedirect"), ["Disabled"], MESSAGE, "passes")
    : [];
}

export const rule: Rule = {
  id: "edge-https",
  title: "Edges serve HTTPS only",
  severity: "critical",
  category: "tls",
  profile: "baseline",
  why: "Without TLS everybody on the way reads and changes what passes, session cookies included.",
  fix: {
    aws: "Serve HTTPS and let the HTTP listener redirect (type redirect, protocol HTTPS); viewerProtocolPolicy redirect-to-https on CloudFront.",
    azure:
      "Remove allowInsecure, set httpsOnly (WebApp) and httpsRedirect Enabled (Front Door routes).",
    gcp: "Let the HTTP proxy's URL map redirect (defaultUrlRedirect.httpsRedirect).",
  },
  controls: { nist: ["SC-8", "SC-8(1)"], cis: ["3.10"] },
  check: {
    "aws:lb/listener:Listener": listener,
    "aws:cloudfront/distribution:Distribution": distribution,
    "azure-native:app:ContainerApp": (resource) =>
      mustNotBeTrue(resource.at("configuration.ingress.allowInsecure"), MESSAGE),
    "azure:containerapp/app:App": (resource) =>
      mustNotBeTrue(resource.at("ingress.allowInsecureConnections"), MESSAGE),
    "azure-native:web:WebApp": (resource) => mustBeTrue(resource.at("httpsOnly"), MESSAGE),
    "azure:appservice/linuxWebApp:LinuxWebApp": (resource) =>
      mustBeTrue(resource.at("httpsOnly"), MESSAGE),
    "azure-native:cdn:Route": frontDoorRoute,
    "azure-native:network:ApplicationGateway": gateway,
    "aws:elb/loadBalancer:LoadBalancer": (resource) =>
      resource
        .at("listeners")
        .items.flatMap((item) => mustNotBeOneOf(item.at("lbProtocol"), ["http"], MESSAGE)),
  },
  checkStack: {
    types: ["gcp:compute/targetHttpProxy:TargetHttpProxy"],
    run: (graph) =>
      graph.ofType("gcp:compute/targetHttpProxy:TargetHttpProxy").flatMap((proxy) => {
        const maps = graph.links(proxy, proxy.at("urlMap"), [
          "gcp:compute/uRLMap:URLMap",
        ]).resources;
        if (maps.length === 0)
          return [{ ...undecided(proxy.at("urlMap")), message: ELSEWHERE, resource: proxy }];
        return maps.flatMap((map) => {
          const redirect = map.at("defaultUrlRedirect.httpsRedirect");
          if (redirect.unknown) return [{ ...undecided(redirect), resource: map }];
          return redirect.boolean === true
            ? []
            : [{ ...violation(proxy.at("urlMap"), MESSAGE), resource: proxy }];
        });
      }),
  },
};
