import * as pulumi from "@pulumi/pulumi";
import type { DockerHostLinks, DockerHostSpec } from "../../components/docker-host";
import { containerFirewall } from "../machine/firewall";
import { mapValues, planned, registriesOf } from "../machine/plan";
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
  const versions = mapValues(links.secrets, ({ attachment }) => {
    const { resource, version } = gcp<SecretAttachment>(attachment);
    return pulumi.interpolate`${resource}/versions/${version}`;
  });
  return pulumi
    .all([
      pulumi.all(mapValues(links.images, ({ reference }) => reference)),
      pulumi.all(versions),
      front?.image ?? "",
    ])
    .apply(([images, secrets, frontImage]) => {
      const references = [...Object.values(images), frontImage];
      const cloud = cloudFunctions(registriesOf(references, "-docker.pkg.dev"));
      return releaseScript(
        planned(spec, {
          images,
          secrets,
          backup: (image) => backupScript(spec.backup, { image, cloud }),
          firewall: containerFirewall({
            outside: OUTSIDE,
            metadata: [METADATA],
            resolver: METADATA,
            egress: spec.egress ?? "none",
          }),
          cloud,
          alias: ENTRY_ALIAS,
          ...(front ? { front: frontOn(spec, front, frontImage) } : {}),
        }),
      );
    });
}

/** The edge's proxy beside the entry, behind the port that the load balancer connects to. */
function frontOn(
  { entry, containers }: DockerHostSpec,
  front: Front,
  image: string,
): ReleasedContainer {
  const { networks = [] } = containers[entry.container] ?? {};
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
