import * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import type { BuildRequest, Parity } from "../../components/builder";
import type { Environment } from "../../components/cloud";
import type { WorkloadLinks, WorkloadSpec } from "../../components/workload";
import type {
  ArchiveAttachment,
  EndpointAttachment,
  FilesAttachment,
  HostNetwork,
  ImageAttachment,
  NetworkAttachment,
  SecretAttachment,
} from "./attachments";
import { deliver, type Delivered } from "./files";
import { FILES } from "./keeper";
import { fingerprint } from "./names";
import { hostNetwork } from "./private-network";

export const describeWorkload: Parity<WorkloadSpec> = {
  command: "replaces entry point and command of the image; without it both are read from the image",
  cpu: "`cpus` of the container",
  memoryMiB: "`memory` of the container, no swap on top",
  uid: "`user` of the container; group 0 is added to read its own files of mode 0440",
  gid: "`user` of the container",
  scratch: "a tmpfs of 64 MiB each, without programs and set-uid; the root is read-only",
  env: "variables of the container",
  secrets: "files in a volume of this workload, exported by the helper that starts the program",
  caFileVariable: "a file beside the secrets with the authorities of the stores it uses",
  egress: "`https` is a bridge of its own with a way out; Docker cannot limit it to port 443",
  logDays: "json-file, rotated by size as the profile says; Docker does not count days",
  egressTo:
    "a bridge with a way out, as for `https`: what else it may reach is for the host's firewall",
  mounts: "the named volume of the folder, mounted into every replica",
  archives: "joins the store's network and trusts its authority; the key pair is the writer's",
};

/** What services and jobs are made of. */
export interface Parts {
  readonly network: NetworkAttachment;
  readonly image: ImageAttachment;
  readonly networks: readonly HostNetwork[];
  readonly envs: pulumi.Input<string>[];
  readonly scratch: readonly string[];
  readonly user: string;
  /** Folders that outlive it. */
  readonly mounts: readonly { volumeName: pulumi.Output<string>; containerPath: string }[];
  /** Hash of everything that is known while the program runs. */
  readonly revision: string;
}

export function partsOf({
  name,
  spec,
  links,
  environment,
  parent,
}: BuildRequest<WorkloadSpec, WorkloadLinks>): Parts {
  const network = attachmentOf<NetworkAttachment>(links.network.attachment, "docker");
  const image = attachmentOf<ImageAttachment>(links.image.attachment, "docker");
  const stores = links.uses.map((endpoint) => {
    return attachmentOf<EndpointAttachment>(endpoint.attachment, "docker").network;
  });
  const archives = Object.values(links.archives).map((archive) => {
    return attachmentOf<ArchiveAttachment>(archive.attachment, "docker").network;
  });
  const wayOut = hasWayOut(name, spec, network)
    ? [hostNetwork(`${name}-egress`, "outward", network.subnets, environment, parent)]
    : [];
  const scratch = spec.scratch ?? ["/tmp"];
  const ca = hasAuthorities(spec, links);
  const env: Record<string, pulumi.Input<string>> = {
    ...spec.env,
    ...links.env,
    ...(ca && spec.caFileVariable ? { [spec.caFileVariable]: `${FILES}/ca.pem` } : {}),
  };
  const known = Object.entries(env).map(([key, value]) => {
    return [key, typeof value === "string" ? value : "known later"];
  });
  const generations = Object.entries(links.secrets).map(([key, ref]) => {
    return [key, attachmentOf<SecretAttachment>(ref.attachment, "docker").generation];
  });
  const uses = links.uses.map((endpoint) => endpoint.name);
  return {
    network,
    image,
    networks: [...stores, ...archives, ...wayOut],
    envs: Object.keys(env)
      .sort()
      .map((key) => pulumi.interpolate`${key}=${env[key] ?? ""}`),
    scratch,
    user: `${spec.uid}:${spec.gid ?? spec.uid}`,
    mounts: mountsOf(spec, links),
    revision: fingerprint(
      spec,
      known,
      generations,
      uses,
      image.identity,
      network.keeper.identity,
      // With another way out it is another revision, made beside the one that serves.
      ...wayOut.map(({ subnet }) => subnet),
      ...(links.siem ? [links.siem] : []),
    ),
  };
}

function hasWayOut(name: string, spec: WorkloadSpec, network: NetworkAttachment): boolean {
  if (spec.egress !== "https" && (spec.egressTo ?? []).length === 0) return false;
  if (network.outbound) return true;
  throw new pulumi.RunError(
    `${name}.egress: the network has no way out (network.outbound is none); set it to single`,
  );
}

function mountsOf({ mounts = {} }: WorkloadSpec, { files }: WorkloadLinks): Parts["mounts"] {
  return Object.entries(mounts).map(([containerPath, name]) => {
    const folder = files[name];
    if (!folder) throw new Error(`there are no files "${name}"`);
    const { volume } = attachmentOf<FilesAttachment>(folder.attachment, "docker");
    return { volumeName: volume, containerPath };
  });
}

/** The authorities of everything that it talks to. */
function authoritiesOf({ uses, archives }: WorkloadLinks): pulumi.Output<string>[] {
  return [
    ...uses.flatMap(({ caPem }) => (caPem ? [caPem] : [])),
    ...Object.values(archives).map(({ attachment }) => {
      return attachmentOf<ArchiveAttachment>(attachment, "docker").caPem;
    }),
  ];
}

const hasAuthorities = (spec: WorkloadSpec, links: WorkloadLinks): boolean =>
  spec.caFileVariable !== undefined && authoritiesOf(links).length > 0;

/** The workload's own files: one per secret, and the authorities of its stores. */
export function workloadFiles(
  name: string,
  spec: WorkloadSpec,
  links: WorkloadLinks,
  environment: Environment,
  parent: pulumi.Resource,
): Delivered {
  const files: Record<string, pulumi.Input<string>> = {};
  for (const [variable, secret] of Object.entries(spec.secrets ?? {})) {
    const ref = links.secrets[secret];
    if (!ref) throw new Error(`${name} was not linked to the secret "${secret}"`);
    files[`env/${variable}`] = attachmentOf<SecretAttachment>(ref.attachment, "docker").value;
  }
  if (hasAuthorities(spec, links)) {
    files["ca.pem"] = pulumi.all(authoritiesOf(links)).apply((pems) => pems.join("\n"));
  }
  const image = attachmentOf<ImageAttachment>(links.image.attachment, "docker").image;
  return deliver(name, files, image, environment, parent);
}
