import { VirtualMachineRunCommandByVirtualMachine } from "@pulumi/azure-native/compute";
import * as pulumi from "@pulumi/pulumi";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  DockerHostLinks,
  DockerHostOutputs,
  DockerHostSpec,
} from "../../components/docker-host";
import { delivered } from "../machine/release";
import { checkDisks, hashOf, refuseWithoutOutbound } from "../machine/spec";
import {
  azure,
  type HostAttachment,
  type ImageAttachment,
  type NetworkAttachment,
  type SecretAttachment,
} from "./attachments";
import { backupStore } from "./host-backup";
import { hostLogs, HOST_TABLES } from "./host-logs";
import { machine } from "./host-machine";
import { hostSubnetRules } from "./host-network";
import { hostRelease } from "./host-release";
import { workloadIdentity } from "./identity";
import { logWorkspace, retentionOf } from "./logs";
import { builtInRole } from "./roles";
import { settings } from "./settings";
import { sideSubnet } from "./side-subnet";
import { hostSize } from "./sizes";
import { tagsOf } from "./tags";
import { vaultEndpoints } from "./vault-endpoint";

type Resolved = DockerHostSpec & { readonly size: string };
type Request = BuildRequest<Resolved, DockerHostLinks>;

/** Seconds that a release may take: first boot, images, containers, their health. */
const RELEASE_SECONDS = 2400;

const describe: Parity<DockerHostSpec> = {
  cpu: "smallest D-series v5 machine with these vCPUs: Ubuntu LTS, patched by Azure, SSH off",
  memoryMiB: "smallest D-series v5 machine with this memory",
  dataGiB:
    "premium managed disk, under a key of the stack in production; caches and temporary disks are " +
    "encrypted on the host",
  networks: "bridge networks of the host's engine",
  volumes: "volumes of the host's engine, on the data disk",
  containers:
    "run by a release script that Azure's agent carries out inside the update, which ends with the " +
    "first failure. Secrets are read by the machine's identity into files of their user alone",
  preload: "pulled from the stack's registry and tagged before the containers start",
  entry:
    "port of the host, open for the Application Gateway and for containers that use it. Azure's metadata " +
    "service has no session tokens and no limit of hops: the host's firewall keeps containers from it",
  backup:
    "daily and before each release: encrypted on the host with a key from the vault, then stored as a " +
    "blob over a private endpoint",
  egress:
    "decided by the host's firewall for its containers. The machine itself reaches ports 80 and 443 of " +
    "the internet, for the distribution's packages",
  logDays: "Syslog and Perf in a Log Analytics workspace of the host's own, at least 30 days",
};

function resolve(spec: DockerHostSpec, context: ResolveContext): Resolved {
  const { path, problems } = context;
  const size = hostSize(spec.cpu, spec.memoryMiB);
  if (size === undefined) {
    problems.add(
      `${path}.cpu`,
      `no machine has ${spec.cpu} vCPU and ${spec.memoryMiB} MiB; use at most 32 and 131072`,
    );
  }
  checkDisks(spec, context, [4, 32_767]);
  if (!retentionOf(spec.logDays)) {
    problems.add(`${path}.logDays`, `${spec.logDays} days are not offered; give at most 4383`);
  }
  return { ...spec, size: size ?? "" };
}

function build(request: Request): DockerHostOutputs {
  const { name, spec, links, parent, environment } = request;
  const network = azure<NetworkAttachment>(links.network.attachment);
  refuseWithoutOutbound(name, network.outbound !== "none");
  const { group, layout, gathered } = network;
  const { port } = spec.entry;
  gathered.open(name, { from: "hosts", to: "endpoints", port: 443 });
  const subnet = sideSubnet({
    role: "hosts",
    network,
    rules: gathered.wishes.apply(({ openings }) =>
      hostSubnetRules(layout, settings().location, port, openings),
    ),
    outbound: true,
    environment,
  });
  const store = backupStore({ name, network, environment, parent });
  const secrets = Object.fromEntries(
    Object.entries(links.secrets).map(([key, { attachment }]) => [
      key,
      azure<SecretAttachment>(attachment),
    ]),
  );
  const images = Object.values(links.images).map(({ attachment }) =>
    azure<ImageAttachment>(attachment),
  );
  const { identity, grants } = workloadIdentity({
    name,
    group,
    environment,
    parent,
    grants: grantsOf(images, secrets, store),
  });
  const made = machine({
    ...{ name, size: spec.size, dataGiB: spec.dataGiB, network, subnet, environment, parent },
    identityId: identity.id,
  });
  const workspace = logWorkspace({
    name,
    environment,
    parent,
    days: spec.logDays,
    tables: HOST_TABLES,
  });
  const agent = hostLogs({
    ...{ name, machine: made, workspace, network, environment, parent },
    identityId: identity.id,
  });
  const script = hostRelease({ spec, links, secrets, store, clientId: identity.clientId });
  const release = new VirtualMachineRunCommandByVirtualMachine(
    `${name}-release`,
    {
      resourceGroupName: group.name,
      location: settings().location,
      vmName: made.vm.name,
      source: { script: script.apply(delivered) },
      asyncExecution: false,
      timeoutInSeconds: RELEASE_SECONDS,
      treatFailureAsDeploymentFailure: true,
      tags: tagsOf(environment),
    },
    {
      parent,
      // A new command and not a changed one: what failed is carried out anew by the next update.
      replaceOnChanges: ["source.script"],
      dependsOn: [
        ...[agent, ...grants, ...store.ready, ...links.after],
        ...images.flatMap(({ ready }) => ready ?? []),
        ...vaultEndpoints(secrets, network, environment),
      ],
      customTimeouts: { create: "60m" },
    },
  );
  const attachment: HostAttachment = {
    cloud: "azure",
    computer: made.computer,
    workspace,
    ready: [release],
    reach: { from: "apps", to: "hosts", port },
  };
  return {
    internalHost: pulumi.output(made.address),
    revision: script.apply((text) => `${made.computer}@${hashOf(text)}`),
    endpoint: { name, port, attachment },
    attachment,
  };
}

/** What the machine may do: pull images, read its own secrets, write and thin out its backups. */
function grantsOf(
  images: readonly ImageAttachment[],
  secrets: Readonly<Record<string, SecretAttachment>>,
  store: ReturnType<typeof backupStore>,
) {
  const place = settings();
  const registry = images.find((image) => image.registry)?.registry;
  return [
    ...(registry
      ? [{ key: "pull", roleDefinitionId: builtInRole("acrPull", place), scope: registry.id }]
      : []),
    ...Object.entries(secrets).map(([name, { scope }]) => ({
      key: `read-${name}`,
      roleDefinitionId: builtInRole("secretsUser", place),
      scope,
    })),
    {
      key: "read-backup-key",
      roleDefinitionId: builtInRole("secretsUser", place),
      scope: store.key.id,
    },
    {
      key: "store-backups",
      roleDefinitionId: builtInRole("blobContributor", place),
      scope: store.container.id,
    },
  ];
}

export const dockerHost = builder({ cloud: "azure", describe, resolve, build });
