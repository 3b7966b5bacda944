import { GlobalAddress, SecurityPolicy, SSLPolicy } from "@pulumi/gcp/compute";
import { RecordSet } from "@pulumi/gcp/dns";
import { builder, type BuildRequest } from "../../components/builder";
import { Problems } from "../../components/errors";
import type {
  HttpsEdgeBuilder,
  HttpsEdgeLinks,
  HttpsEdgeOutputs,
} from "../../components/https-edge";
import type { EdgeAttachment } from "./attachments";
import { certificates } from "./certificates";
import { connectEdge } from "./edge-connect";
import { describeEdge, resolveEdge, type ResolvedEdge } from "./edge-spec";
import { foundation } from "./foundation";
import { labels } from "./labels";
import { childName, plain } from "./names";
import { settings } from "./settings";

/** Address, certificate and protection: all that needs no service. */
function buildEdge(request: BuildRequest<ResolvedEdge, HttpsEdgeLinks>): HttpsEdgeOutputs {
  const { name, spec, parent, environment } = request;
  const { project } = settings();
  const { apis } = foundation(request);
  const options = { parent, dependsOn: [apis.compute] };
  const hosts = [...new Set(spec.routes.map(({ host }) => host))];
  const address = new GlobalAddress(
    `${name}-address`,
    { project, addressType: "EXTERNAL", ipVersion: "IPV4", labels: labels(environment, name) },
    // Whoever publishes the name elsewhere has this address in a record.
    { ...options, protect: environment.protected },
  );
  const securityPolicy = new SecurityPolicy(
    `${name}-armor`,
    {
      project,
      type: "CLOUD_ARMOR",
      description: `Protects ${environment.system}, ${environment.stack}`,
      advancedOptionsConfig: { jsonParsing: "STANDARD", logLevel: "NORMAL" },
      rules: [...spec.rules],
    },
    options,
  );
  const sslPolicy = new SSLPolicy(
    `${name}-tls`,
    { project, profile: "RESTRICTED", minTlsVersion: "TLS_1_2" },
    options,
  );
  if (spec.dns.kind === "zone") {
    for (const host of hosts) {
      new RecordSet(
        childName(name, "record", plain(host)),
        {
          project,
          managedZone: spec.dns.zoneId,
          name: `${host}.`,
          type: "A",
          ttl: 300,
          rrdatas: [address.address],
        },
        { parent, dependsOn: [apis.dns] },
      );
    }
  }
  const attachment: EdgeAttachment = {
    cloud: "gcp",
    kind: "edge",
    address,
    securityPolicy,
    sslPolicy,
    certificates: certificates(request, hosts, spec.dns),
    backends: spec.backends,
    idleTimeoutSeconds: spec.idleTimeoutSeconds,
  };
  const external = spec.dns.kind === "external" ? hosts : [];
  return {
    address: address.address,
    dnsRecords: address.address.apply((target) =>
      Object.fromEntries(external.map((host) => [host, target])),
    ),
    attachment,
  };
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
