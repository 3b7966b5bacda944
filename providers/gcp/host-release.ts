import * as pulumi from "@pulumi/pulumi";
import { startOrder } from "../../components/check-hosts";
import type { DockerHostLinks, DockerHostSpec, HostContainer } from "../../components/docker-host";
import { containerFirewall } from "../machine/firewall";
import { releaseScript, type ReleasedContainer } from "../machine/release";
import { gcp, type SecretAttachment } from "./attachments";
import { ENTRY_ALIAS, FRONT_SCRIPT, FRONT_UID, type Front } from "./front";
import { backupScript } from "./host-backup";
import { cloudFunctions } from "./host-cloud";

/** Google answers a machine here with its credentials, and with names. */
const METADATA = "169.254.169.254";
/** The interface of a machine that runs Ubuntu. */
const OUTSIDE = "ens4";

/** The script of a release: what is described, with references and addresses filled in. */
export function hostRelease(
  spec: DockerHostSpec,
  links: Pick<DockerHostLinks, "images" | "secrets">,
  front: Front | undefined,
): pulumi.Output<string> {
  const references = mapValues(links.images, ({ reference }) => reference);
  const versions = mapValues(links.secrets, ({ attachment }) => {
    const { resource, version } = gcp<SecretAttachment>(attachment);
    return pulumi.interpolate`${resource}/versions/${version}`;
  });
  return pulumi
    .all([pulumi.all(references), pulumi.all(versions), front?.image ?? ""])
    .apply(([images, secrets, frontImage]) => {
      const image = (name: string): string => found(images, name, "image");
      const registries = [...Object.values(images), frontImage]
        .map((reference) => reference.split("/")[0] ?? "")
        .filter((registry) => registry.endsWith("-docker.pkg.dev"));
      const cloud = cloudFunctions([...new Set(registries)]);
      const containers = startOrder(spec.containers).map((name) =>
        released(name, found(spec.containers, name, "container"), {
          image,
          secret: (entry) => found(secrets, entry, "secret"),
          entry: spec.entry,
          isPublished: front === undefined,
        }),
      );
      const backup = image(spec.backup.image);
      return releaseScript({
        networks: spec.networks,
        volumes: spec.volumes,
        preload: Object.fromEntries(
          Object.entries(spec.preload ?? {}).map(([name, local]) => [image(name), local]),
        ),
        containers: front ? [...containers, frontOn(spec, front, frontImage)] : containers,
        backup: {
          image: backup,
          script: backupScript(spec.backup, { image: backup, cloud }),
        },
        entry: spec.entry,
        firewall: containerFirewall({
          outside: OUTSIDE,
          metadata: [METADATA],
          resolver: METADATA,
          egress: spec.egress ?? "none",
        }),
        cloud,
      });
    });
}

interface Known {
  readonly image: (name: string) => string;
  readonly secret: (name: string) => string;
  readonly entry: DockerHostSpec["entry"];
  /** Nothing stands before the entry on the host. */
  readonly isPublished: boolean;
}

function released(
  name: string,
  { secrets = {}, after: _after, ...container }: HostContainer,
  { image, secret, entry, isPublished }: Known,
): ReleasedContainer {
  const { port } = entry;
  const isEntry = name === entry.container;
  return {
    ...container,
    name,
    image: image(container.image),
    secrets: mapValues(secrets, secret),
    ...(isEntry ? { alias: ENTRY_ALIAS } : {}),
    ...(isEntry && isPublished ? { publish: { host: port, container: port } } : {}),
  };
}

/** The edge's proxy beside the entry, behind the port that the load balancer connects to. */
function frontOn(
  { entry, containers }: DockerHostSpec,
  front: Front,
  image: string,
): ReleasedContainer {
  const { networks } = found(containers, entry.container, "container");
  return {
    name: "portolan-front",
    image,
    command: ["sh", "-c", FRONT_SCRIPT],
    uid: FRONT_UID,
    cpu: 0.5,
    memoryMiB: 128,
    networks: networks.slice(0, 1),
    env: { FRONT_CONFIG: front.config },
    secrets: {},
    // Its binary bears this capability and does not start where it is taken away.
    capability: "NET_BIND_SERVICE",
    publish: { host: entry.port, container: front.port },
  };
}

function mapValues<A, B>(
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
