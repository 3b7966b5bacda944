import { RecordSet } from "@pulumi/gcp/dns";
import type * as pulumi from "@pulumi/pulumi";
import { builder, type BuildRequest } from "../../components/builder";
import { Problems } from "../../components/errors";
import type {
  HttpsEdgeBuilder,
  HttpsEdgeLinks,
  HttpsEdgeOutputs,
} from "../../components/https-edge";
import {
  gcp,
  type AddressAttachment,
  type EdgeAttachment,
  type NetworkAttachment,
} from "./attachments";
import { connectEdge } from "./edge-connect";
import { describeEdge, resolveEdge, type ResolvedEdge } from "./edge-spec";
import { foundation } from "./foundation";
import { frontsOf } from "./front";
import { childName, plain } from "./names";
import { privateFace } from "./private-edge";
import { publicFace } from "./public-edge";
import { settings } from "./settings";

/** Address, certificate and protection: all that needs no service. */
function buildEdge(request: BuildRequest<ResolvedEdge, HttpsEdgeLinks>): HttpsEdgeOutputs {
  const { spec, links } = request;
  const hosts = [...new Set(spec.routes.map(({ host }) => host))];
  const face = spec.isPrivate
    ? privateFace(request, hosts, gcp<NetworkAttachment>(links.network.attachment))
    : publicFace(request, hosts);
  const address = face.kind === "private" ? face.address : face.address.address;
  if (spec.dns.kind === "zone") publish(request, hosts, spec.dns.zoneId, address);
  const attachment: EdgeAttachment = {
    cloud: "gcp",
    kind: "edge",
    face,
    hosts,
    backends: spec.backends,
    fronts: frontsOf(request, spec),
    idleTimeoutSeconds: spec.idleTimeoutSeconds,
  };
  const external = spec.dns.kind === "external" ? hosts : [];
  const inside: AddressAttachment = { cloud: "gcp", kind: "address", address, ready: [] };
  return {
    address,
    dnsRecords: address.apply((target) =>
      Object.fromEntries(external.map((host) => [host, target])),
    ),
    ...(spec.isPrivate ? { endpoint: { name: request.name, port: 443, attachment: inside } } : {}),
    attachment,
  };
}

function publish(
  request: BuildRequest<ResolvedEdge, HttpsEdgeLinks>,
  hosts: readonly string[],
  managedZone: string,
  address: pulumi.Output<string>,
): void {
  const { name, parent } = request;
  for (const host of hosts) {
    new RecordSet(
      childName(name, "record", plain(host)),
      {
        project: settings().project,
        managedZone,
        name: `${host}.`,
        type: "A",
        ttl: 300,
        rrdatas: [address],
      },
      { parent, dependsOn: [foundation(request).apis.dns] },
    );
  }
}

export const httpsEdge: HttpsEdgeBuilder = {
  ...builder({ cloud: "gcp", describe: describeEdge, resolve: resolveEdge, build: buildEdge }),
  connect: (request) => {
    const { environment, name } = request;
    // Already checked when the edge was built: nothing is reported here that was not there.
    const spec = resolveEdge(request.spec, { environment, path: name, problems: new Problems() });
    connectEdge({ ...request, spec });
  },
};
