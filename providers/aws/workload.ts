import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import type { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { TaskDefinition } from "@pulumi/aws/ecs/taskDefinition";
import * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import type { Parity, ResolveContext } from "../../components/builder";
import type { WorkloadLinks, WorkloadSpec } from "../../components/workload";
import type {
  FrontAttachment,
  GroupAttachment,
  ImageAttachment,
  NetworkAttachment,
  SecretAttachment,
  ServiceAttachment,
} from "./attachments";
import { frontContainer, programContainer, type LogTarget } from "./containers";
import { taskRoles, type TaskRoles } from "./identity";
import { checkLogDays } from "./log-days";
import { folder, physicalName, type Scope } from "./scope";
import { openNetwork, openPlatform, openWay, securityGroup } from "./security-groups";
import { fargateSize, type FargateSize } from "./sizes";
import { workloadStores } from "./workload-stores";

export const describeWorkload: Parity<WorkloadSpec> = {
  command: "command of the container definition",
  cpu: "one of Fargate's vCPU counts: 0.25, 0.5, 1, 2, 4, 8, 16",
  memoryMiB: "the next memory size that Fargate offers with the vCPUs",
  uid: "user of the container definition, with all capabilities dropped",
  gid: "group of the container definition",
  scratch: "tmpfs in the task's memory, a quarter of it at most; everything else is read-only",
  env: "environment of the container definition",
  secrets: "Secrets Manager ARNs, read by the execution role when the task starts",
  caFileVariable: "left unset: Amazon publishes its authorities as a bundle that images carry",
  egress: "security-group rule for TCP 443 to the internet",
  logDays: "CloudWatch log group of the workload",
  egressTo: "security-group rules; the way there (peering, VPN) is the network owner's",
  mounts: "EFS volumes of the task over TLS, for its role and through the access point only",
  archives: "rights of the task's role on the bucket and its key; S3 is reached over its gateway",
};

/** Limits that services and jobs share. */
export function resolveWorkload(spec: WorkloadSpec, context: ResolveContext): FargateSize {
  const { path, problems } = context;
  checkLogDays(spec.logDays, `${path}.logDays`, problems);
  const folders = spec.scratch ?? [];
  for (const mount of Object.keys(spec.mounts ?? {}).filter((mount) => !mount.startsWith("/"))) {
    problems.add(`${path}.mounts`, `"${mount}" is no absolute path; start it with "/"`);
  }
  for (const scratch of folders.filter((scratch) => !scratch.startsWith("/"))) {
    problems.add(`${path}.scratch`, `"${scratch}" is no absolute path; start it with "/"`);
  }
  if (folders.length > 10) {
    problems.add(`${path}.scratch`, `${folders.length} folders are too many; use at most 10`);
  }
  return fargateSize(spec, path, problems);
}

export interface Workload {
  readonly network: NetworkAttachment;
  readonly group: SecurityGroup;
  readonly roles: TaskRoles;
  readonly taskDefinition: TaskDefinition;
  readonly family: string;
  readonly logGroup: string;
  readonly log: LogGroup;
  /** What has to be there before a task is started. */
  readonly ready: pulumi.Resource[];
}

export interface WorkloadOptions {
  readonly spec: WorkloadSpec;
  readonly links: WorkloadLinks;
  readonly size: FargateSize;
  readonly logMode: LogTarget["mode"];
  readonly port?: number;
  readonly stopSeconds?: number;
  readonly front?: FrontAttachment;
}

/** What a service and a job have in common: log, identities, group with its ways, definition. */
export function workload(scope: Scope, options: WorkloadOptions): Workload {
  const { spec, links } = options;
  const { name, environment, child, tags } = scope;
  const network = attachmentOf<NetworkAttachment>(links.network.attachment, "aws");
  const image = attachmentOf<ImageAttachment>(links.image.attachment, "aws");
  const secrets = mapValues(links.secrets, ({ attachment }) =>
    attachmentOf<SecretAttachment>(attachment, "aws"),
  );
  const logGroup = `/portolan/${folder(environment)}/${name}`;
  const log = new LogGroup(
    `${name}-log`,
    { name: logGroup, retentionInDays: spec.logDays, tags },
    child,
  );
  const group = securityGroup(scope, network, `Tasks of ${name}`);
  const ways = [
    ...openPlatform(scope, group, network, spec.egress === "https"),
    ...(spec.egressTo ?? []).map((target) => openNetwork(scope, group, target)),
    ...links.uses.flatMap((endpoint) => {
      const server = attachmentOf<GroupAttachment>(endpoint.attachment, "aws");
      refuseEdgeService(name, endpoint.name, server);
      return openWay(
        scope,
        { name, group },
        { name: endpoint.name, group: server.group },
        endpoint.port,
      );
    }),
  ];
  const stores = workloadStores(scope, group, links);
  const images = options.front ? [image, options.front.source] : [image];
  const roles = taskRoles(scope, {
    ...{ images, secrets: Object.values(secrets), logGroup },
    program: stores.statements,
  });
  const family = physicalName(environment, name, 200);
  const taskDefinition = new TaskDefinition(
    `${name}-task`,
    {
      family,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      ...options.size,
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
      executionRoleArn: roles.execution.arn,
      taskRoleArn: roles.task.arn,
      containerDefinitions: pulumi.jsonStringify(
        definitions(
          options,
          name,
          mapValues(secrets, ({ arn }) => arn),
          {
            group: logGroup,
            region: scope.region,
            mode: options.logMode,
          },
        ),
      ),
      ...(stores.volumes.length > 0 ? { volumes: stores.volumes } : {}),
      // A revision that was replaced stays active: that is what a rollback selects.
      skipDestroy: true,
      tags,
    },
    { ...child, dependsOn: log },
  );
  const ready = [
    ...network.ready,
    ...ways,
    ...stores.ready,
    ...roles.ready,
    ...images.flatMap(({ ready }) => [...ready]),
    ...Object.values(secrets).flatMap((secret) => [...secret.ready]),
    ...links.after,
  ];
  return { network, group, roles, taskDefinition, family, logGroup, log, ready };
}

/**
 * ECS shifts traffic between two revisions at the load balancer; whether it also does so for names
 * inside the network is not documented, so no such name is made.
 */
function refuseEdgeService(client: string, server: string, attachment: GroupAttachment): void {
  const { targets = [], serviceName } = attachment as Partial<ServiceAttachment>;
  if (serviceName !== undefined && targets.length > 0) {
    throw new Error(
      `${client} uses ${server}, which is behind the edge and has no name inside the network on aws; call its public host`,
    );
  }
}

function definitions(
  { spec, links, port, stopSeconds, front }: WorkloadOptions,
  name: string,
  arns: Readonly<Record<string, pulumi.Input<string>>>,
  log: LogTarget,
): object[] {
  const secrets = mapValues(spec.secrets ?? {}, (entry) => {
    const arn = arns[entry];
    if (arn === undefined) throw new Error(`the secret "${entry}" was not given to ${name}`);
    return arn;
  });
  const program = programContainer({
    name,
    spec,
    image: links.image.reference,
    links: links.env,
    secrets,
    log,
    ...(port === undefined ? {} : { port }),
    ...(stopSeconds === undefined ? {} : { stopSeconds }),
  });
  return front ? [program, frontContainer(front, log, stopSeconds ?? 30)] : [program];
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  make: (value: A) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value)]));
}
