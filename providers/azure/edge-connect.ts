import { Route, type AFDOrigin } from "@pulumi/azure-native/cdn";
import * as pulumi from "@pulumi/pulumi";
import type { BuildRequest } from "../../components/builder";
import type { ConnectLinks, HttpsEdgeSpec } from "../../components/https-edge";
import {
  azure,
  type FrontDoorAttachment,
  type NetworkAttachment,
  type ServiceAttachment,
} from "./attachments";
import { deploymentScript, RETRYING } from "./deployment-script";
import { candidateRules, originOf, type Origin } from "./edge-origins";
import { groupsOf } from "./edge-spec";
import { contentHash } from "./names";
import { CONNECTION_APPROVER_ACTIONS, stackRole } from "./roles";
import { settings } from "./settings";
import { candidateHost } from "./traffic";

type Request = BuildRequest<HttpsEdgeSpec, ConnectLinks>;

/** Origins behind the edge, the approval of their private connection, then the routes. */
export function connectFrontDoor(request: Request): void {
  const { name, spec, links, parent, environment } = request;
  const edge = azure<FrontDoorAttachment>(links.edge.attachment);
  const network = azure<NetworkAttachment>(links.network.attachment);
  const profile = { profileName: edge.profile.name, resourceGroupName: network.group.name };
  const message = `Front Door of ${environment.system} ${environment.stack}`;

  const parts = { name, profile, network, message, parent };

  const origins: Record<string, Origin> = {};
  const candidates: Record<string, Origin> = {};
  for (const backend of Object.keys(spec.backends)) {
    const service = links.services[backend];
    if (!service) throw new Error(`there is no service behind the backend "${backend}"`);
    const { fqdn } = azure<ServiceAttachment>(service.attachment);
    origins[backend] = originOf(parts, backend, fqdn);
    candidates[backend] = originOf(parts, `${backend}-candidate`, fqdn.apply(candidateHost));
  }
  const all = [...Object.values(origins), ...Object.values(candidates)].map(({ origin }) => origin);
  const approval = approve(request, network, all, message);
  const tried = candidateRules(parts, candidates);

  for (const route of groupsOf(spec.routes)) {
    const own = edge.rules.byBackend[route.backend];
    const sets = [tried, ...edge.rules.all, ...(own ? [own] : [])];
    const group = origins[route.backend]?.group;
    const domain = edge.domains[route.host];
    if (!group || !domain) throw new Error(`the route ${route.name} leads nowhere`);
    new Route(
      `${name}-route-${route.name}`,
      {
        ...profile,
        routeName: route.name,
        endpointName: edge.endpoint.name,
        customDomains: [{ id: domain.id }],
        patternsToMatch: [...route.paths],
        originGroup: { id: group.id },
        ruleSets: sets.map(({ set }) => ({ id: set.id })),
        supportedProtocols: ["Http", "Https"],
        httpsRedirect: "Enabled",
        forwardingProtocol: "HttpsOnly",
        // Only the custom domains are served: the endpoint's own name would be a second way in.
        linkToDefaultDomain: "Disabled",
        enabledState: "Enabled",
      },
      { parent, dependsOn: [...all, ...sets.flatMap(({ rules }) => rules), approval] },
    );
  }
}

/** Waits for our own request to arrive and approves it, and nobody else's. */
const APPROVE = `set -eu
${RETRYING}
api="https://management.azure.com$ENVIRONMENT/privateEndpointConnections"
version="api-version=2024-10-02-preview"
ours="value[?properties.privateLinkServiceConnectionState.description=='$MESSAGE']"
for attempt in $(seq 1 80); do
  waiting=$(arm --method get --url "$api?$version" --output tsv \\
    --query "$ours | [?properties.privateLinkServiceConnectionState.status=='Pending'].name")
  for connection in $waiting; do
    body="{\\"properties\\":{\\"privateLinkServiceConnectionState\\":{\\"status\\":\\"Approved\\",\\"description\\":\\"$MESSAGE\\"}}}"
    arm --method put --url "$api/$connection?$version" --body "$body" --output none
  done
  approved=$(arm --method get --url "$api?$version" --output tsv \\
    --query "$ours | [?properties.privateLinkServiceConnectionState.status=='Approved'].name")
  if [ -n "$approved" ] && [ -z "$waiting" ]; then echo "approved: $approved"; exit 0; fi
  sleep 15
done
echo "no request of Front Door was approved in time" >&2
exit 1
`;

/**
 * The connection stays pending until the owner of the environment approves it, and its name is
 * Front Door's choice, so no resource of the program can name it: a script looks for it.
 */
function approve(
  { name, parent, environment }: Request,
  network: NetworkAttachment,
  origins: readonly AFDOrigin[],
  asked: string,
): pulumi.Resource {
  const roleDefinition = stackRole({
    logicalName: `${name}-connection-approver`,
    parent,
    group: network.group,
    environment,
    settings: settings(),
    title: "Approve the edge's connection",
    actions: CONNECTION_APPROVER_ACTIONS,
  });
  return deploymentScript({
    name,
    role: "approval",
    script: APPROVE,
    env: { ENVIRONMENT: network.environment.id, MESSAGE: asked },
    scope: network.environment.id,
    roleDefinition,
    trigger: pulumi.all(origins.map(({ id }) => id)).apply((ids) => contentHash(ids)),
    timeoutSeconds: 1200,
    group: network.group,
    environment,
    parent,
    dependsOn: origins,
  });
}
