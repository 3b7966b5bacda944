import { startOrder } from "../../components/check-hosts";
import type { DockerHostSpec } from "../../components/docker-host";
import type { Release, ReleasedContainer } from "./release";

/** What a cloud fills in where a description gives names. */
export interface Known {
  /** Image of the description → full reference. */
  readonly images: Readonly<Record<string, string>>;
  /** Secret of the description → address, as the cloud's `secret` function takes it. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Script of the copy, which runs in this image. */
  readonly backup: (image: string) => string;
  readonly firewall: string;
  readonly cloud: string;
  /** Another name of the entry in its first network. */
  readonly alias?: string;
  /** Stands before the entry, and is published in its place. */
  readonly front?: ReleasedContainer;
}

/** A described host with references and addresses filled in. */
export function planned(spec: DockerHostSpec, known: Known): Release {
  const { alias, front, firewall, cloud } = known;
  const { container: entry, port } = spec.entry;
  const image = (name: string): string => found(known.images, name, "image");
  const containers = startOrder(spec.containers).map((name): ReleasedContainer => {
    const { secrets = {}, after: _, ...container } = found(spec.containers, name, "container");
    const isEntry = name === entry;
    return {
      ...container,
      name,
      image: image(container.image),
      secrets: mapValues(secrets, (secret) => found(known.secrets, secret, "secret")),
      ...(isEntry && alias !== undefined ? { alias } : {}),
      ...(isEntry && !front ? { publish: { host: port, container: port } } : {}),
    };
  });
  const backup = image(spec.backup.image);
  return {
    networks: spec.networks,
    volumes: spec.volumes,
    preload: Object.fromEntries(
      Object.entries(spec.preload ?? {}).map(([name, local]) => [image(name), local]),
    ),
    containers: front ? [...containers, front] : containers,
    backup: { image: backup, script: known.backup(backup) },
    entry: spec.entry,
    firewall,
    cloud,
  };
}

/** Hosts of the registries that references lead to, of those that a cloud's machines sign in to. */
export function registriesOf(references: readonly string[], ending: string): string[] {
  const hosts = references.map((reference) => reference.split("/")[0] ?? "");
  return [...new Set(hosts.filter((host) => host.endsWith(ending)))];
}

/** The same names with other values. */
export function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  make: (value: A) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value)]));
}

function found<T>(record: Readonly<Record<string, T>>, name: string, what: string): T {
  const value = record[name];
  if (value === undefined) throw new Error(`the ${what} "${name}" was not given to the host`);
  return value;
}
