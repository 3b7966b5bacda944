import * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import { startOrder } from "../../components/check-hosts";
import type { DockerHostLinks, DockerHostSpec } from "../../components/docker-host";
import { mapValues } from "../machine/plan";
import type { EdgeAttachment, SecretAttachment } from "./attachments";
import { FRONT_SCRIPT, FRONT_UID } from "./containers";
import { ENTRY_ALIAS } from "./front";
import { backupScript } from "./host-backup";
import type { Release, ReleasedContainer } from "./host-release";
import { metricNamespace, physicalName, type Scope } from "./scope";

/** Everything that a host shall run, in the order of its start; images and secrets by address. */
export function releaseOf(
  scope: Scope,
  spec: DockerHostSpec,
  links: DockerHostLinks,
  edge: EdgeAttachment | undefined,
  bucket: pulumi.Output<string>,
): pulumi.Output<Release> {
  const { region, accountId, environment, name } = scope;
  const image = (entry: string): pulumi.Output<string> => {
    const found = links.images[entry];
    if (!found) throw new Error(`the image "${entry}" was not given to ${name}`);
    return found.reference;
  };
  const secret = (entry: string): pulumi.Output<string> => {
    const found = links.secrets[entry];
    if (!found) throw new Error(`the secret "${entry}" was not given to ${name}`);
    return attachmentOf<SecretAttachment>(found.attachment, "aws").arn;
  };
  const { container: entry, port, health } = spec.entry;
  const front = frontOn(spec, edge, name);
  const containers = startOrder(spec.containers).map((each) => {
    const { secrets = {}, after: _after, ...container } = spec.containers[each] ?? missing(each);
    return {
      ...container,
      name: each,
      image: image(container.image),
      secrets: mapValues(secrets, secret),
      ...(each === entry ? { alias: ENTRY_ALIAS } : {}),
      ...(each === entry && !front ? { publish: { host: port, container: port } } : {}),
    };
  });
  const backup = image(spec.backup.image);
  const target = { bucket, image: backup, region, namespace: metricNamespace(environment) };
  const scheme = edge?.protocol === "HTTPS" ? "https" : "http";
  return pulumi.output({
    region,
    registry: backup.apply((reference) => reference.split("/")[0] ?? `${accountId}`),
    networks: spec.networks,
    volumes: spec.volumes,
    preload: pulumi
      .all(Object.entries(spec.preload ?? {}).map(([from, to]) => pulumi.all([image(from), to])))
      .apply((pairs) => Object.fromEntries(pairs)),
    containers: [...containers, ...(front ? [front] : [])],
    backup: {
      image: backup,
      script: pulumi.output(target).apply((known) =>
        backupScript(spec.backup, {
          ...known,
          hostName: physicalName(environment, name, 200),
        }),
      ),
    },
    entry: { url: `${scheme}://127.0.0.1:${port}${health.path}`, health },
  }) as pulumi.Output<Release>;
}

/** The edge's proxy beside the entry, behind the port that the load balancer connects to. */
function frontOn(
  { entry, containers }: DockerHostSpec,
  edge: EdgeAttachment | undefined,
  name: string,
): (Omit<ReleasedContainer, "image"> & { readonly image: pulumi.Output<string> }) | undefined {
  const front = edge?.fronts[name];
  if (!front) return undefined;
  const { networks } = containers[entry.container] ?? missing(entry.container);
  return {
    name: "portolan-front",
    image: front.image,
    entrypoint: "sh",
    command: ["-c", FRONT_SCRIPT],
    uid: FRONT_UID,
    cpu: 0.5,
    memoryMiB: 128,
    networks: networks.slice(0, 1),
    env: { FRONT_CONFIG: front.config },
    // See `frontContainer`: its binary does not start without.
    capability: "NET_BIND_SERVICE",
    publish: { host: entry.port, container: front.port },
  };
}

const missing = (name: string): never => {
  throw new Error(`there is no container "${name}"`);
};
