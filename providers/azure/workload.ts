import type { app } from "@pulumi/azure-native/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Parity, ResolveContext } from "../../components/builder";
import type { Environment } from "../../components/cloud";
import { InvalidInput } from "../../components/errors";
import type { WorkloadLinks, WorkloadSpec } from "../../components/workload";
import {
  azure,
  type GatewayAttachment,
  type HostAttachment,
  type ImageAttachment,
  type NetworkAttachment,
  type PostgresAttachment,
  type RedisAttachment,
  type SecretAttachment,
} from "./attachments";
import type { Opening } from "./gathered";
import { workloadIdentity, type Grant, type WorkloadIdentity } from "./identity";
import { retentionOf } from "./logs";
import { appName } from "./names";
import { builtInRole } from "./roles";
import { settings } from "./settings";
import { tagsOf } from "./tags";
import { vaultEndpoints } from "./vault-endpoint";
import { mounted, volumeMounts, volumes } from "./volumes";
import { CONSUMPTION, LARGEST, placementOf, type Placement } from "./workload-profiles";

/** Words for the options that services and jobs share. */
export const describeWorkload: Parity<WorkloadSpec> = {
  command: "the container's command; the image's entry point is replaced",
  cpu:
    "steps of 0.25; up to 4 CPU and memory come in pairs, the smallest that fulfils both wishes. " +
    "Beyond that a dedicated workload profile is added to the environment, billed by machine",
  memoryMiB:
    "2 GiB per vCPU up to 8 GiB; beyond that as asked for, on a dedicated workload profile up to " +
    "255 GiB",
  uid:
    "not enforced: Container Apps has no setting for the user, so the image's own USER line decides. " +
    "The number is written into the tag portolan-uid as what the image is expected to run as",
  gid: "not enforced, as uid; written into the tag portolan-gid",
  scratch:
    "an empty volume per folder, emptied with the replica. The rest of the file system stays " +
    "writable until the container ends: Container Apps cannot make it read-only",
  env: "plain environment variables",
  secrets:
    "Key Vault references without a version, read by the workload's own identity, which has a role " +
    "on each of these secrets and on no other; a new version is picked up within half an hour",
  caFileVariable: "never set: all stores have certificates of public authorities",
  egress:
    "decided for the whole stack, whose containers share a subnet: 443 to the internet is open when " +
    "one workload asks for it, closed when none does",
  logDays:
    "console logs in the stack's Log Analytics workspace, which keeps the longest time that a " +
    "workload of the stack asks for, at least 30 days; beyond 730 days in its archive",
  mounts: "volumes of the environment's file shares, mounted by SMB for the container's user",
  archives: {
    unsupported:
      "applications write by the S3 API, which Azure's storage does not speak; name a bucket " +
      "elsewhere in the application's settings",
  },
  egressTo:
    "rules of the containers' security group, for all containers of the stack; the peering or " +
    "gateway that leads there is the operator's",
};

export interface ResolvedWorkload {
  readonly placement: Placement;
  readonly scratch: readonly string[];
}

/** What both kinds of workload have to be checked for. */
export function resolveWorkload(
  spec: WorkloadSpec,
  { path, problems }: ResolveContext,
  gpuMemoryGiB?: number,
): ResolvedWorkload {
  const placement = placementOf(spec.cpu, spec.memoryMiB, gpuMemoryGiB);
  if (!placement) {
    const { cpu, memoryMiB, gpuMemoryGiB: gpu } = LARGEST;
    const over = spec.cpu > cpu ? "cpu" : spec.memoryMiB > memoryMiB ? "memoryMiB" : "gpuMemoryGiB";
    problems.add(
      `${path}.${over}`,
      `${spec.cpu} vCPU with ${spec.memoryMiB} MiB${gpuMemoryGiB ? ` and a GPU of ${gpuMemoryGiB} GiB` : ""} ` +
        `is not offered on Container Apps; use at most ${cpu} vCPU and ${memoryMiB} MiB, or a GPU of ${gpu} GiB`,
    );
  }
  if (!retentionOf(spec.logDays)) {
    problems.add(`${path}.logDays`, `${spec.logDays} days are not offered; give at most 4383`);
  }
  for (const folder of spec.scratch ?? []) {
    if (!folder.startsWith("/") || folder.includes(":")) {
      problems.add(
        `${path}.scratch`,
        `"${folder}" is no folder; give an absolute path without ":"`,
      );
    }
  }
  return {
    placement: placement ?? { profile: CONSUMPTION, cpu: 0.25, memory: "0.5Gi" },
    scratch: spec.scratch ?? ["/tmp"],
  };
}

export interface WorkloadRequest {
  readonly name: string;
  readonly spec: WorkloadSpec & ResolvedWorkload;
  readonly links: WorkloadLinks;
  /** Image of a container beside its own, which its identity pulls, too. */
  readonly beside?: ImageAttachment | undefined;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}

/** The parts of an app or a job that come from its workload. */
export interface Workload {
  readonly network: NetworkAttachment;
  readonly container: app.ContainerArgs;
  readonly volumes: app.VolumeArgs[];
  readonly secrets: app.SecretArgs[];
  readonly registries: app.RegistryCredentialsArgs[];
  readonly identity: WorkloadIdentity;
  readonly tags: Record<string, string>;
  /** Grants, stores and jobs that must be there before it starts. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** Identity, grants and container of a workload. */
export function workload(request: WorkloadRequest): Workload {
  const { name, spec, links, environment, parent } = request;
  const network = azure<NetworkAttachment>(links.network.attachment);
  if (spec.egress === "https" && network.outbound === "none") {
    const message =
      "asks for https, but the network has no way out; set network.outbound to single";
    throw new InvalidInput([{ path: `${name}.egress`, message }]);
  }
  const ways = links.uses.flatMap(({ attachment }) => reachOf(attachment));
  network.gathered.open(name, ...ways);
  network.gathered.ask(name, { ...spec, profile: spec.placement.profile });
  const secrets = secretsOf(links);
  const own = azure<ImageAttachment>(links.image.attachment);
  const registry = own.registry ?? request.beside?.registry;
  const identity = workloadIdentity({
    name,
    group: network.group,
    environment,
    parent,
    grants: grantsOf(secrets, registry),
  });
  const id = identity.identity.id;
  return {
    network,
    container: containerOf(request),
    volumes: volumes(spec, links.files),
    secrets: Object.entries(secrets).map(([secret, { url }]) => ({
      name: secret,
      keyVaultUrl: url,
      identity: id,
    })),
    registries: registry ? [{ server: registry.loginServer, identity: id }] : [],
    identity,
    tags: {
      ...tagsOf(environment),
      "portolan-uid": `${spec.uid}`,
      "portolan-gid": `${spec.gid ?? spec.uid}`,
    },
    dependsOn: [
      ...identity.grants,
      ...links.after,
      ...[own, request.beside].flatMap((image) => image?.ready ?? []),
      ...links.uses.flatMap(({ attachment }) => readyOf(attachment)),
      ...mounted(links.files).flatMap(({ ready }) => ready),
      ...vaultEndpoints(secrets, network, environment),
    ],
  };
}

function secretsOf(links: WorkloadLinks): Record<string, SecretAttachment> {
  return Object.fromEntries(
    Object.entries(links.secrets).map(([name, ref]) => [
      name,
      azure<SecretAttachment>(ref.attachment),
    ]),
  );
}

function grantsOf(
  secrets: Record<string, SecretAttachment>,
  registry: ImageAttachment["registry"],
): Grant[] {
  const place = settings();
  const read = Object.entries(secrets).map(([name, { scope }]) => ({
    key: `read-${name}`,
    roleDefinitionId: builtInRole("secretsUser", place),
    scope,
  }));
  const pull = registry
    ? [{ key: "pull", roleDefinitionId: builtInRole("acrPull", place), scope: registry.id }]
    : [];
  return [...pull, ...read];
}

function containerOf({ name, spec, links }: WorkloadRequest): app.ContainerArgs {
  const env: app.EnvironmentVarArgs[] = [
    ...Object.entries({ ...spec.env, ...links.env }).map(([variable, value]) => ({
      name: variable,
      value,
    })),
    ...Object.entries(spec.secrets ?? {}).map(([variable, secretRef]) => ({
      name: variable,
      secretRef,
    })),
  ];
  return {
    name: appName(name),
    image: links.image.reference,
    ...(spec.command ? { command: [...spec.command] } : {}),
    env,
    resources: { cpu: spec.placement.cpu, memory: spec.placement.memory },
    volumeMounts: volumeMounts(spec, links.files),
  };
}

/** The way to what only some stacks have: a private edge, a Docker host. */
function reachOf(attachment: { readonly cloud: string }): readonly Opening[] {
  const { reach } = attachment as Partial<GatewayAttachment | HostAttachment>;
  return reach ? [reach] : [];
}

/** What has to exist before a client of a store starts. */
function readyOf(attachment: { readonly cloud: string }): readonly pulumi.Resource[] {
  const { ready = [] } = attachment as Partial<
    PostgresAttachment | RedisAttachment | GatewayAttachment | HostAttachment
  >;
  return [ready].flat();
}
