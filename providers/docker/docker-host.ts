import { Container } from "@pulumi/docker/container";
import { Tag } from "@pulumi/docker/tag";
import * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import { builder, type Parity } from "../../components/builder";
import { startOrder } from "../../components/check-hosts";
import type { DockerHostLinks, DockerHostSpec } from "../../components/docker-host";
import type {
  EdgeAttachment,
  EndpointAttachment,
  ImageAttachment,
  NetworkAttachment,
  ServiceAttachment,
} from "./attachments";
import { buildSafe, folderBackup } from "./backup";
import { runToEnd } from "./gate";
import { hostContainer } from "./host-container";
import { sharedVolume } from "./keeper";
import { fingerprint } from "./names";
import { hostNetwork } from "./private-network";

const describe: Parity<DockerHostSpec> = {
  cpu: "the host is there already; its size is not checked",
  memoryMiB: "the host is there already; its size is not checked",
  dataGiB: "volumes grow as far as the host's disk, which has no quota",
  networks: "bridges of exactly these names, in the stack's range",
  volumes: "named volumes of exactly these names; protected and kept in production",
  containers:
    "of exactly these names, so that one stack per host can run them; secrets are files that the helper exports",
  preload: "pulled and tagged before the first container starts",
  entry: "attached to the edge's network and to that of its callers; publishes no port",
  backup:
    "every day and before each release, encrypted to a key whose private half is only in the state; on the host",
  egress:
    "`https` leaves networks that are not internal a way out; Docker cannot limit it to port 443",
  logDays: "json-file, rotated by size as the profile says; Docker does not count days",
};

export const dockerHost = builder({
  cloud: "docker",
  describe,
  resolve: (spec: DockerHostSpec) => spec,
  build: ({ name, spec, links, parent, environment }) => {
    const { network, images, secrets, edge, after } = links as DockerHostLinks;
    const host = attachmentOf<NetworkAttachment>(network.attachment, "docker");
    const imageOf = (entry: string): ImageAttachment => {
      const found = images[entry];
      if (!found) throw new Error(`${name} was not linked to the image "${entry}"`);
      return attachmentOf<ImageAttachment>(found.attachment, "docker");
    };
    const networks = Object.fromEntries(
      Object.entries(spec.networks).map(([each, { internal }]) => {
        const kind = internal || spec.egress !== "https" ? "internal" : "outward";
        return [each, hostNetwork(each, kind, host.subnets, environment, parent, each)];
      }),
    );
    const callers = hostNetwork(`${name}-callers`, "internal", host.subnets, environment, parent);
    const routed = edge && attachmentOf<EdgeAttachment>(edge.attachment, "docker").networks[name];
    const keep = { protect: environment.protected, retainOnDelete: environment.protected };
    const volumes = Object.fromEntries(
      spec.volumes.map((each) => [
        each,
        sharedVolume(each, host.keeper, environment, parent, keep, each),
      ]),
    );
    const tags = Object.entries(spec.preload ?? {}).map(([entry, local]) => {
      const sourceImage = imageOf(entry).image;
      return new Tag(`${name}-${entry}-tag`, { sourceImage, targetImage: local }, { parent });
    });
    const identities = Object.keys(images).map((entry) => [entry, imageOf(entry).identity]);
    const revision = fingerprint(spec, identities, host.keeper.identity);

    // What is there is copied before a release touches a container.
    const safe = buildSafe(name, host.keeper, environment, parent);
    const source = {
      image: imageOf(spec.backup.image).image,
      user: `${spec.backup.uid}:${spec.backup.uid}`,
      volumes: mounted(spec.backup.volumes, volumes),
      program: spec.backup.command,
      keep: `BACKUP_KEEP=${spec.backup.keep}`,
    };
    const copied = runToEnd(
      `${name}-backup-before`,
      folderBackup(name, source, safe, host.keeper, environment, {
        name: `${name}-backup-before`,
        revision,
      }),
      { parent, dependsOn: [...after] },
    );
    const running: Record<string, Container> = {};
    for (const each of startOrder(spec.containers)) {
      const container = spec.containers[each];
      if (!container) continue;
      const isEntry = spec.entry.container === each;
      const before = (container.after ?? []).flatMap((other) => running[other] ?? []);
      running[each] = hostContainer({
        name: each,
        container,
        host,
        image: imageOf(container.image),
        secrets,
        volumes: mounted(container.volumes ?? {}, volumes),
        networks: [
          ...container.networks.flatMap((entry) => networks[entry] ?? []),
          ...(isEntry && routed ? [routed] : []),
        ].map((entry) => ({ name: entry.name, aliases: [each] })),
        callers: isEntry ? [{ name: callers.name, aliases: [name] }] : [],
        dependsOn: [copied, ...tags, ...before],
        environment,
        parent,
      });
    }
    const containers = Object.values(running);
    new Container(`${name}-backup`, folderBackup(name, source, safe, host.keeper, environment), {
      parent,
      deleteBeforeReplace: true,
      dependsOn: containers,
    });
    const endpoint: EndpointAttachment = { cloud: "docker", network: callers };
    const attachment: ServiceAttachment = {
      cloud: "docker",
      replicas: [spec.entry.container],
      containers,
      backups: safe.volume,
    };
    const up = pulumi.all(containers.map(({ id }) => id));
    return {
      internalHost: up.apply(() => name),
      revision: pulumi.output(revision),
      endpoint: { name, port: spec.entry.port, attachment: endpoint },
      attachment,
    };
  },
});

/** Path → volume, by the names of the description. */
function mounted(
  paths: Readonly<Record<string, string>>,
  volumes: Readonly<Record<string, pulumi.Output<string>>>,
): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, name]) => {
      const volume = volumes[name];
      return volume ? [[path, volume]] : [];
    }),
  );
}
