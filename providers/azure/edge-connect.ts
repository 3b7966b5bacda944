import { AFDOrigin, AFDOriginGroup, Route } from "@pulumi/azure-native/cdn";
import * as pulumi from "@pulumi/pulumi";
import type { BuildRequest } from "../../components/builder";
import type { ConnectLinks, HttpsEdgeSpec } from "../../components/https-edge";
import { fit } from "../../components/naming";
import {
  azure,
  type EdgeAttachment,
  type NetworkAttachment,
  type ServiceAttachment,
} from "./attachments";
import { deploymentScript, RETRYING } from "./deployment-script";
import { groupsOf } from "./edge-spec";
import { contentHash } from "./names";
import { CONNECTION_APPROVER_ACTIONS, stackRole } from "./roles";
import { settings } from "./settings";

type Request = BuildRequest<HttpsEdgeSpec, ConnectLinks>;

/** Origins behind the edge, the approval of their private connection, then the routes. */
export function connect(request: Request): void {
  const { name, spec, links, parent, environment } = request;
  const edge = azure<EdgeAttachment>(links.edge.attachment);
  const network = azure<NetworkAttachment>(links.network.attachment);
  const profileArgs = { profileName: edge.profile.name, resourceGroupName: network.group.name };
  const asked = `Front Door of ${environment.system} ${environment.stack}`;

  const groups: Record<string, AFDOriginGroup> = {};
  const origins: AFDOrigin[] = [];
  for (const backend of Object.keys(spec.backends)) {
    const service = links.services[backend];
    if (!service) throw new Error(`there is no service behind the backend "${backend}"`);
    const group = new AFDOriginGroup(
      `${name}-origins-${backend}`,
      {
        ...profileArgs,
        originGroupName: fit(backend, 60),
        // One origin has nothing to choose from: probes from every point of presence would only be
        // load. The app's own readiness probes decide which replica answers.
        loadBalancingSettings: {
          sampleSize: 4,
          successfulSamplesRequired: 3,
          additionalLatencyInMilliseconds: 50,
        },
        sessionAffinityState: "Disabled",
      },
      { parent },
    );
    groups[backend] = group;
    origins.push(origin(request, backend, group, network, profileArgs, asked));
  }
  const approval = approve(request, network, origins, asked);

  for (const route of groupsOf(spec.routes)) {
    const group = groups[route.backend];
    const domain = edge.domains[route.host];
    if (!group || !domain) throw new Error(`the route ${route.name} leads nowhere`);
    new Route(
      `${name}-route-${route.name}`,
      {
        ...profileArgs,
        routeName: route.name,
        endpointName: edge.endpoint.name,
        customDomains: [{ id: domain.id }],
        patternsToMatch: [...route.paths],
        originGroup: { id: group.id },
        ruleSets: edge.ruleSets.map(({ id }) => ({ id })),
        supportedProtocols: ["Http", "Https"],
        httpsRedirect: "Enabled",
        forwardingProtocol: "HttpsOnly",
        // Only the custom domains are served: the endpoint's own name would be a second way in.
        linkToDefaultDomain: "Disabled",
        enabledState: "Enabled",
      },
      { parent, dependsOn: [...origins, ...edge.rules, approval] },
    );
  }
}

function origin(
  { name, links, parent }: Request,
  backend: string,
  group: AFDOriginGroup,
  network: NetworkAttachment,
  profileArgs: { profileName: pulumi.Input<string>; resourceGroupName: pulumi.Input<string> },
  requestMessage: string,
): AFDOrigin {
  const service = links.services[backend];
  if (!service) throw new Error(`there is no service behind the backend "${backend}"`);
  const { fqdn } = azure<ServiceAttachment>(service.attachment);
  return new AFDOrigin(
    `${name}-origin-${backend}`,
    {
      ...profileArgs,
      originGroupName: group.name,
      originName: fit(backend, 60),
      hostName: fqdn,
      // The environment knows its apps by this name alone.
      originHostHeader: fqdn,
      httpPort: 80,
      httpsPort: 443,
      priority: 1,
      weight: 1000,
      enforceCertificateNameCheck: true,
      enabledState: "Enabled",
      sharedPrivateLinkResource: {
        groupId: "managedEnvironments",
        privateLink: { id: network.environment.id },
        privateLinkLocation: settings().location,
        requestMessage,
      },
    },
    { parent },
  );
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
