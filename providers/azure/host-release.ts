import * as pulumi from "@pulumi/pulumi";
import type { DockerHostLinks, DockerHostSpec, HostContainer } from "../../components/docker-host";
import { containerFirewall } from "../machine/firewall";
import { releaseScript, startOrder, type ReleasedContainer } from "../machine/release";
import type { SecretAttachment } from "./attachments";
import { backupScript, type BackupStore } from "./host-backup";
import { cloudFunctions } from "./host-cloud";

/** Where Azure answers a machine without being asked who it is: metadata, and its own agent. */
const METADATA = ["169.254.169.254", "168.63.129.16"];

/** The script of a release: what is described, with references and addresses filled in. */
export function hostRelease(request: {
  readonly spec: DockerHostSpec;
  readonly links: DockerHostLinks;
  readonly secrets: Readonly<Record<string, SecretAttachment>>;
  readonly store: BackupStore;
  readonly clientId: pulumi.Output<string>;
}): pulumi.Output<string> {
  const { spec, links, secrets, store, clientId } = request;
  const references = Object.fromEntries(
    Object.entries(links.images).map(([name, { reference }]) => [name, reference]),
  );
  const addresses = Object.fromEntries(
    Object.entries(secrets).map(([name, { url }]) => [name, url]),
  );
  return pulumi
    .all([
      pulumi.all(references),
      pulumi.all(addresses),
      store.url,
      store.key.properties.secretUri,
      clientId,
    ])
    .apply(([images, urls, url, key, client]) => {
      const image = (name: string): string => found(images, name, "image");
      const registries = [
        ...new Set(
          Object.values(images)
            .map((reference) => reference.split("/")[0] ?? "")
            .filter((registry) => registry.endsWith(".azurecr.io")),
        ),
      ];
      const cloud = cloudFunctions(client, registries);
      const containers = startOrder(spec.containers).map((name) =>
        released(name, found(spec.containers, name, "container"), {
          image,
          secret: (entry) => found(urls, entry, "secret"),
          entry: spec.entry,
        }),
      );
      const backup = image(spec.backup.image);
      return releaseScript({
        networks: spec.networks,
        volumes: spec.volumes,
        preload: Object.fromEntries(
          Object.entries(spec.preload ?? {}).map(([name, local]) => [image(name), local]),
        ),
        containers,
        backup: {
          image: backup,
          script: backupScript(spec.backup, { image: backup, url, key, cloud }),
        },
        entry: spec.entry,
        firewall: containerFirewall({
          outside: "eth0",
          metadata: METADATA,
          egress: spec.egress ?? "none",
        }),
        cloud,
      });
    });
}

function released(
  name: string,
  { secrets = {}, after: _after, ...container }: HostContainer,
  known: {
    readonly image: (name: string) => string;
    readonly secret: (name: string) => string;
    readonly entry: DockerHostSpec["entry"];
  },
): ReleasedContainer {
  return {
    ...container,
    name,
    image: known.image(container.image),
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([variable, entry]) => [variable, known.secret(entry)]),
    ),
    ...(known.entry.container === name
      ? { publish: { host: known.entry.port, container: known.entry.port } }
      : {}),
  };
}

function found<T>(record: Readonly<Record<string, T>>, name: string, what: string): T {
  const value = record[name];
  if (value === undefined) throw new Error(`the ${what} "${name}" was not given to the host`);
  return value;
}
