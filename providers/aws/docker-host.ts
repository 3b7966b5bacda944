import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { TargetGroupAttachment } from "@pulumi/aws/lb/targetGroupAttachment";
import { attachmentOf } from "../../components/attachment";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  DockerHostBuilder,
  DockerHostLinks,
  DockerHostOutputs,
  DockerHostSpec,
} from "../../components/docker-host";
import type {
  EdgeAttachment,
  HostAttachment,
  ImageAttachment,
  NetworkAttachment,
  SecretAttachment,
} from "./attachments";
import { backupBucket } from "./host-backup";
import { deliver } from "./host-delivery";
import { machine } from "./host-machine";
import { releaseOf } from "./host-plan";
import { releaseScript } from "./host-release";
import { hostStatements } from "./host-rights";
import { DATA } from "./host-setup";
import { customerKey } from "./keys";
import { checkLogDays } from "./log-days";
import { folder, metricNamespace, physicalName, scopeOf } from "./scope";
import { openPlatform, openWay, securityGroup } from "./security-groups";
import { HOST_SIZES, storeSize, type StoreSize } from "./sizes";

interface Resolved extends DockerHostSpec {
  readonly size: StoreSize;
}

const describe: Parity<DockerHostSpec> = {
  cpu: "smallest EC2 type with these vCPUs; Amazon Linux 2023, no key pair, Session Manager only",
  memoryMiB: "smallest EC2 type with this memory",
  dataGiB: "EBS volume under a key of the stack; Docker keeps images and volumes on it",
  networks: "bridge networks of the host's engine",
  volumes: "volumes of the host's engine, on the data disk",
  containers: "run by a release script over Systems Manager, which ends with the first failure",
  preload: "pulled from ECR and tagged before the containers start",
  entry: "port of the host, open for the load balancer's security group only",
  backup: "daily and before each release to S3 under the stack's key; S3 keeps that many versions",
  egress: "security-group rule for TCP 443 to the internet, for all containers of the host",
  logDays: "CloudWatch log group, one stream per container",
};

function resolve(spec: DockerHostSpec, { path, problems }: ResolveContext): Resolved {
  checkLogDays(spec.logDays, `${path}.logDays`, problems);
  if (!Number.isInteger(spec.dataGiB) || spec.dataGiB < 1 || spec.dataGiB > 16_384) {
    problems.add(`${path}.dataGiB`, `${spec.dataGiB} GiB is not offered for gp3; use 1 to 16384`);
  }
  const { keep } = spec.backup;
  if (!Number.isInteger(keep) || keep < 2 || keep > 101) {
    problems.add(`${path}.backup.keep`, `${keep} copies cannot be kept by S3; use 2 to 101`);
  }
  return { ...spec, size: storeSize(HOST_SIZES, spec, path, problems) };
}

function build(request: BuildRequest<Resolved, DockerHostLinks>): DockerHostOutputs {
  const scope = scopeOf(request);
  const { spec, links, name, environment } = request;
  const { child, tags } = scope;
  const network = attachmentOf<NetworkAttachment>(links.network.attachment, "aws");
  const edge = links.edge && attachmentOf<EdgeAttachment>(links.edge.attachment, "aws");
  const front = edge?.fronts[name];
  const images = Object.values(links.images).map(({ attachment }) =>
    attachmentOf<ImageAttachment>(attachment, "aws"),
  );
  const pulled = front ? [...images, front.source] : images;
  const secrets = Object.values(links.secrets).map(({ attachment }) =>
    attachmentOf<SecretAttachment>(attachment, "aws"),
  );
  const hostName = physicalName(environment, name, 200);
  const namespace = metricNamespace(environment);
  const logGroup = `/portolan/${folder(environment)}/${name}`;
  const log = new LogGroup(
    `${name}-log`,
    { name: logGroup, retentionInDays: spec.logDays, tags },
    child,
  );
  const { arn: keyArn } = customerKey(scope, "key", `Disks and backups of ${name}`);
  const backups = backupBucket(scope, spec.backup.keep, keyArn, spec.logDays);
  const group = securityGroup(scope, network, `Host ${name}`);
  const { port } = spec.entry;
  const ways = [
    ...openPlatform(scope, group, network, spec.egress === "https"),
    ...(edge ? openWay(scope, { name: "edge", group: edge.group }, { name, group }, port) : []),
  ];
  const { instance, ready } = machine(scope, {
    ...{ network, group, keyArn, dataGiB: spec.dataGiB, instanceType: spec.size.name },
    setup: { region: scope.region, logGroup, namespace, hostName },
    statements: hostStatements(scope, {
      ...{ images: pulled, secrets, logGroup, keyArn, backupArn: backups.arn },
    }),
    ready: [...network.ready, ...network.forHosts(), ...ways, log],
  });
  const script = releaseOf(scope, spec, links, edge, backups.bucket.bucket).apply(releaseScript);
  const { released, revision } = deliver(scope, instance, script, {
    logDays: spec.logDays,
    ready: [
      ...ready,
      ...backups.ready,
      ...pulled.flatMap((image) => [...image.ready]),
      ...secrets.flatMap((secret) => [...secret.ready]),
      ...links.after,
    ],
  });
  const targets = edge?.hostTargets[name] ?? [];
  targets.forEach((target, index) => {
    new TargetGroupAttachment(
      `${name}-target-${index}`,
      { targetGroupArn: target.arn, targetId: instance.id, port },
      { ...child, dependsOn: released },
    );
  });
  const attachment: HostAttachment = {
    ...{ cloud: "aws", group, hostName, disks: ["/", DATA], logGroup: log.name },
    healthIntervalSeconds: spec.entry.health.intervalSeconds,
    targets: edge ? [{ groups: targets, loadBalancer: edge.loadBalancerSuffix }] : [],
  };
  return {
    internalHost: instance.privateDns,
    revision,
    endpoint: { name, port, attachment },
    attachment,
  };
}

export const dockerHost: DockerHostBuilder = builder({ cloud: "aws", describe, resolve, build });
