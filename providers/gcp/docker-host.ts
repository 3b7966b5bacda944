import { RepositoryIamMember, type Repository } from "@pulumi/gcp/artifactregistry";
import { HealthCheck, InstanceGroup } from "@pulumi/gcp/compute";
import { IAMMember } from "@pulumi/gcp/projects";
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
import { fit } from "../../components/naming";
import { checkDisks, hashOf, refuseWithoutOutbound } from "../machine/spec";
import {
  gcp,
  type AddressAttachment,
  type EdgeAttachment,
  type HostAttachment,
  type ImageAttachment,
  type NetworkAttachment,
  type SecretAttachment,
} from "./attachments";
import { grantBucket } from "./buckets";
import { customerKey } from "./customer-key";
import { openFrom } from "./firewall";
import { foundation } from "./foundation";
import type { Front } from "./front";
import { backupBucket } from "./host-backup";
import { releaseGate } from "./host-gate";
import { machine } from "./host-machine";
import { hostRelease } from "./host-release";
import { grantSecret, memberOf, workloadIdentity, type Identity } from "./identity";
import { checkLogDays, keepLogs } from "./log-store";
import { plain, stemOf } from "./names";
import { PROFILE } from "./profile";
import { computeAgent, storageAgent } from "./service-agents";
import { settings } from "./settings";
import { machineType } from "./sizes";

type Resolved = DockerHostSpec & { readonly machineType: string };
type Request = BuildRequest<Resolved, DockerHostLinks>;

/** Where the load balancer and its health checks come from. */
const BALANCERS = ["130.211.0.0/22", "35.191.0.0/16"];
const PORT_NAME = "entry";

const describe: Parity<DockerHostSpec> = {
  cpu: "smallest E2 machine with these vCPUs: shielded, Ubuntu LTS that patches itself, SSH off, OS Login",
  memoryMiB: "smallest E2 machine with this memory",
  dataGiB: "persistent disk, under a key of the stack in production",
  networks: "bridge networks of the host's engine",
  volumes: "volumes of the host's engine, on the data disk",
  containers:
    "run by a release script that the machine finds in its metadata, carries out and reports on; a job " +
    "waits for the report and fails the update otherwise. Secrets are read by the machine's identity into files of their user alone",
  preload: "pulled from Artifact Registry and tagged before the containers start",
  entry:
    "port of the host, open for the load balancer and for containers that use it. Google's metadata " +
    "service has no limit of hops: the host's firewall keeps containers from it, but for names",
  backup:
    "daily and before each release to a bucket, under the stack's key in production; the bucket keeps that many versions",
  egress:
    "decided by the host's firewall for its containers. The machine itself reaches ports 80 and 443 of " +
    "the internet, for the distribution's packages",
  logDays: "a log bucket with this retention, filled with the machine's journal by Google's agent",
};

function resolve(spec: DockerHostSpec, context: ResolveContext): Resolved {
  const { path, problems } = context;
  const type = machineType(spec.cpu, spec.memoryMiB);
  if (type === undefined) {
    problems.add(
      `${path}.cpu`,
      `no E2 machine has ${spec.cpu} vCPU and ${spec.memoryMiB} MiB; use at most 32 and 131072`,
    );
  }
  checkDisks(spec, context, [10, 65_536]);
  checkLogDays(spec.logDays, `${path}.logDays`, problems);
  return { ...spec, machineType: type ?? "" };
}

function build(request: Request): DockerHostOutputs {
  const { name, spec, links, parent, environment } = request;
  const { project, region } = settings();
  const { apis } = foundation(request);
  const network = gcp<NetworkAttachment>(links.network.attachment);
  refuseWithoutOutbound(name, network.hasOutbound);
  const front = links.edge && gcp<EdgeAttachment>(links.edge.attachment).fronts[name];
  const hasKey = PROFILE[environment.profile].secretsCustomerKey;
  const keyFor = (role: string, agent: pulumi.Output<string>) =>
    hasKey ? customerKey({ ...request, name: `${name}-${role}` }, agent) : undefined;
  const identity = workloadIdentity(request);
  const backups = backupBucket(request, spec.backup.keep, keyFor("backups", storageAgent(request)));
  const script = hostRelease(spec, links, front);
  const hash = script.apply(hashOf);
  const tag = fit(plain(name), 63);
  const { port, health } = spec.entry;
  const enter = { port, description: `The entry of ${name}` };
  const made = machine(request, {
    machineType: spec.machineType,
    dataGiB: spec.dataGiB,
    network,
    tag,
    identity,
    key: keyFor("disks", computeAgent(request)),
    release: script,
    backups: backups.name,
    ready: [
      ...network.ready,
      ...grants(request, identity, front),
      grantBucket(
        request,
        "stores-backups",
        backups.name,
        // Writes and lists; whoever gets hold of the machine reads no copy.
        { role: "roles/storage.legacyBucketWriter", member: memberOf(identity) },
        { dependsOn: [identity.account] },
      ),
      openFrom(request, network.network, tag, { role: "edge", sourceRanges: BALANCERS, ...enter }),
      // Which of the containers gets so far is decided by what leaves them.
      openFrom(request, network.network, tag, {
        role: "containers",
        sourceRanges: [network.ranges.workloads],
        ...enter,
      }),
    ],
  });
  const group = new InstanceGroup(
    stemOf(`${name}-group`, environment, 63),
    {
      project,
      zone: made.zone,
      network: network.network.id,
      instances: [made.instance.selfLink],
      namedPorts: [{ name: PORT_NAME, port }],
    },
    { parent },
  );
  const healthCheck = new HealthCheck(
    `${name}-health`,
    {
      project,
      httpHealthCheck: { port, requestPath: health.path },
      checkIntervalSec: health.intervalSeconds,
      timeoutSec: health.timeoutSeconds,
      healthyThreshold: health.healthyAfter,
      unhealthyThreshold: health.unhealthyAfter,
      logConfig: { enable: true },
    },
    { parent, dependsOn: [apis.compute] },
  );
  const released = releaseGate(request, links, made, hash, spec.logDays);
  const machineLog = pulumi.interpolate`resource.type="gce_instance" AND resource.labels.instance_id="${made.instance.instanceId}"`;
  keepLogs(request, "logs", machineLog, spec.logDays);
  const attachment: HostAttachment = {
    cloud: "gcp",
    kind: "host",
    group,
    healthCheck,
    portName: PORT_NAME,
    instanceId: made.instance.instanceId,
    ready: [released],
  };
  const address: AddressAttachment = {
    cloud: "gcp",
    kind: "address",
    address: made.address,
    ready: [released],
  };
  return {
    internalHost: made.address,
    revision: hash.apply((text) => `${name}.${region}@${text}`),
    endpoint: { name, port, attachment: address },
    attachment,
  };
}

/** What the machine may do: write logs and metrics, pull its images, read its own secrets. */
function grants(request: Request, identity: Identity, front?: Front): pulumi.Resource[] {
  const { name, links, parent } = request;
  const { project, region } = settings();
  const member = memberOf(identity);
  const options = { parent, dependsOn: [identity.account] };
  const secrets = Object.entries(links.secrets).flatMap(([key, { attachment }]) => {
    const secret = gcp<SecretAttachment>(attachment);
    return [...secret.ready, grantSecret(request, key, secret, identity)];
  });
  const images = Object.entries(links.images).map(
    ([key, { attachment }]): [string, ImageAttachment] => [key, gcp<ImageAttachment>(attachment)],
  );
  const pull = (key: string, repository: Repository): pulumi.Resource =>
    new RepositoryIamMember(
      `${name}-pulls-${key}`,
      {
        project,
        location: region,
        repository: repository.repositoryId,
        role: "roles/artifactregistry.reader",
        member,
      },
      options,
    );
  const write = ["logging.logWriter", "monitoring.metricWriter"].map(
    (role) =>
      new IAMMember(
        `${name}-${role.replace(".", "-")}`,
        { project, role: `roles/${role}`, member },
        options,
      ),
  );
  return [
    ...write,
    ...secrets,
    ...images.flatMap(([key, { repository, ready }]) => [
      ...ready,
      ...(repository ? [pull(key, repository)] : []),
    ]),
    ...(front?.repository ? [pull("front", front.repository)] : []),
    ...(front?.ready ?? []),
    ...links.after,
  ];
}

export const dockerHost = builder({ cloud: "gcp", describe, resolve, build });
