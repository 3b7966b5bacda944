import { AFDEndpoint, Profile, SecurityPolicy } from "@pulumi/azure-native/cdn";
import type { BuildRequest } from "../../components/builder";
import type { HttpsEdgeLinks, HttpsEdgeOutputs } from "../../components/https-edge";
import { frontDoorRequests } from "./alarm-queries";
import type { FrontDoorAttachment } from "./attachments";
import { customDomains } from "./edge-domains";
import { ruleSets } from "./edge-rules";
import type { Resolved } from "./edge-spec";
import { wafPolicy } from "./edge-waf";
import { resourceLogs } from "./logs";
import { autoNamed } from "./names";
import { resourceGroup } from "./resource-group";
import { tagsOf } from "./tags";

/** The edge as a Front Door profile, which reaches the containers by a private connection. */
export function buildFrontDoor(request: BuildRequest<Resolved, HttpsEdgeLinks>): HttpsEdgeOutputs {
  const { name, spec, parent, environment } = request;
  const group = resourceGroup(environment, parent);
  const tags = tagsOf(environment);
  const ownCertificate = spec.dns.kind === "external" && spec.dns.certificate !== undefined;
  const profile = new Profile(
    `${name}-profile`,
    {
      resourceGroupName: group.name,
      location: "Global",
      // Private connections and managed rules exist in Premium only.
      sku: { name: "Premium_AzureFrontDoor" },
      originResponseTimeoutSeconds: spec.originTimeoutSeconds,
      // Needed to read the operator's own certificate, and for nothing else.
      ...(ownCertificate ? { identity: { type: "SystemAssigned" } } : {}),
      tags,
    },
    { parent },
  );
  const profileArgs = { profileName: profile.name, resourceGroupName: group.name };
  const endpoint = new AFDEndpoint(
    autoNamed(`${name}-${environment.system}-${environment.stack}`, 46),
    { ...profileArgs, location: "Global", enabledState: "Enabled", tags },
    { parent },
  );
  const domains = customDomains({
    name,
    hosts: spec.hosts,
    dns: spec.dns,
    profile,
    profileArgs,
    endpoint,
    parent,
  });
  const policy = wafPolicy({ name, spec, group, environment, parent });
  new SecurityPolicy(
    `${name}-firewall-binding`,
    {
      ...profileArgs,
      securityPolicyName: "firewall",
      parameters: {
        type: "WebApplicationFirewall",
        wafPolicy: { id: policy.id },
        associations: [
          {
            domains: [
              { id: endpoint.id },
              ...Object.values(domains.byHost).map(({ id }) => ({ id })),
            ],
            patternsToMatch: ["/*"],
          },
        ],
      },
    },
    { parent },
  );
  const rules = ruleSets({ name, spec, profile: profileArgs, parent });
  const workspace = resourceLogs({
    ...{ name, environment, parent, from: profile, days: spec.accessLogDays },
    tables: ["AzureDiagnostics"],
    categories: ["FrontDoorAccessLog", "FrontDoorWebApplicationFirewallLog"],
    dedicated: false,
  });
  const attachment: FrontDoorAttachment = {
    cloud: "azure",
    kind: "front-door",
    profile,
    endpoint,
    domains: domains.byHost,
    rules,
    workspace,
    hosts: spec.hosts,
    backends: spec.backends,
    requests: (backends) =>
      frontDoorRequests(
        spec.groups.filter(({ backend }) => backends.includes(backend)).map((route) => route.name),
      ),
  };
  return { address: endpoint.hostName, dnsRecords: domains.records, attachment };
}
