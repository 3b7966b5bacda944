import { Container } from "@pulumi/docker/container";
import { Volume } from "@pulumi/docker/volume";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildRequest } from "../../components/builder";
import type { HttpsEdgeSpec } from "../../components/https-edge";
import type { NetworkAttachment, OwnEdge } from "./attachments";
import { hostsOf } from "./caddy-config";
import { certificatesOf } from "./edge-routes";
import { hardened } from "./hardened";
import { fingerprint, hostName, labels } from "./names";

const EDGE_USER = "10001:10001";

interface Server {
  readonly image: pulumi.Output<string>;
  readonly identity: string;
  readonly networks: readonly { name: pulumi.Output<string>; aliases?: string[] }[];
}

/** Caddy, and the volumes of what it must keep. */
export function buildServer(
  request: BuildRequest<HttpsEdgeSpec, NetworkAttachment>,
  { image, identity, networks }: Server,
): OwnEdge {
  const { name, spec, links, parent, environment } = request;
  const { httpPort, httpsPort, bindAddress } = links.settings;
  const volume = (role: string, options: pulumi.CustomResourceOptions = {}): Volume =>
    new Volume(
      `${name}-${role}`,
      { name: hostName(environment, `${name}-${role}`), labels: labels(environment, name) },
      { parent, ...options },
    );
  const control = volume("control");
  const logs = volume("logs");
  // Without an address the engine publishes on all that the host has.
  const at = spec.exposure === "private" ? { ip: bindAddress } : {};
  const container = new Container(
    `${name}-server`,
    {
      ...hardened(
        {
          name,
          component: name,
          image,
          user: EDGE_USER,
          cpu: 1,
          memoryMiB: 512,
          scratch: ["/tmp"],
          graceSeconds: 30,
          fixed: identity,
        },
        environment,
      ),
      // Inside, the ports need no privilege.
      ports: [
        { internal: 8080, external: httpPort, ...at },
        { internal: 8443, external: httpsPort, ...at },
      ],
      // Another configuration listens on sockets of its own. Without this, connections that wait
      // at the old ones are reset when these close. Linux 5.14 or newer.
      sysctls: { "net.ipv4.tcp_migrate_req": "1" },
      networksAdvanced: [...networks],
      volumes: [
        // Certificates outlive the container: authorities limit how often they are issued.
        {
          volumeName: volume("certificates", { retainOnDelete: environment.protected }).name,
          containerPath: "/data",
        },
        // The last routes, taken up again after a restart; not by another program, which may not
        // know all that is in them.
        { volumeName: volume(`config-${fingerprint(identity)}`).name, containerPath: "/config" },
        { volumeName: control.name, containerPath: "/run/caddy" },
        { volumeName: logs.name, containerPath: "/var/log/caddy" },
      ],
    },
    { parent, deleteBeforeReplace: true },
  );
  return {
    control: control.name,
    logs: logs.name,
    certificates: certificatesOf(spec, environment.profile),
    hosts: hostsOf(spec.routes),
    identity,
    container,
  };
}
