import { Service } from "@pulumi/gcp/cloudrunv2";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import { heldTraffic } from "../../components/held-traffic";
import type {
  ContainerServiceLinks,
  ContainerServiceOutputs,
  ContainerServiceSpec,
  HealthCheck,
} from "../../components/container-service";
import { gcp, type EdgeAttachment, type ServiceAttachment } from "./attachments";
import { callAddress, CALL_PORT, callProxy } from "./calls";
import { frontContainer, type Front } from "./front";
import { labels } from "./labels";
import { keepLogs } from "./log-store";
import { stemOf } from "./names";
import { checkHealth, probes } from "./probes";
import { settings } from "./settings";
import { traffic } from "./traffic";
import { workloadTemplate } from "./workload";
import { describeWorkload, resolveWorkload, type ResolvedWorkload } from "./workload-spec";
import * as pulumi from "@pulumi/pulumi";

/** Names of Cloud Run services end before 50 characters. */
const NAME_MAX = 49;
/** Cloud Run's limit for one request. */
const LONGEST_REQUEST = 3600;

interface ResolvedService extends ResolvedWorkload {
  readonly port: number;
  readonly health: HealthCheck;
  readonly min: number;
  readonly max: number;
  readonly backgroundWork: boolean;
  readonly gpu: boolean;
}

/** The graphics processor of Cloud Run, and the least that goes with it. */
const L4 = { accelerator: "nvidia-l4", memoryGiB: 24, cpu: 4, memoryMiB: 16_384 };

const describe: Parity<ContainerServiceSpec> = {
  ...describeWorkload,
  port: "container port; Cloud Run also sets PORT to it",
  health:
    "startup probe before the first traffic, readiness probe for traffic (3 failures at most), liveness probe that restarts after ten failures. Any status from 200 to 399 counts as good",
  scaling:
    "instances between min and max, by requests and CPU at Cloud Run's own thresholds; `cpuPercent` is refused",
  stopGraceSeconds: "always 10 seconds between SIGTERM and the end; more cannot be had",
  backgroundWork:
    "CPU stays allocated and at least one instance runs; otherwise CPU is there during requests only",
  gpuMemoryGiB:
    "an NVIDIA L4 (24 GiB) per instance, without a second zone's reserve, with at least 4 vCPU and 16 GiB; in the regions that Google offers it in",
  containerName: "accepted: there are no container names on this target",
};

function resolveService(spec: ContainerServiceSpec, context: ResolveContext): ResolvedService {
  const { path, problems } = context;
  const { min, max, cpuPercent } = spec.scaling;
  if (cpuPercent !== undefined) {
    problems.add(
      `${path}.scaling.cpuPercent`,
      "cannot be chosen on Cloud Run, which scales by requests and CPU itself; remove it",
    );
  }
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 0 || max < Math.max(1, min)) {
    problems.add(`${path}.scaling`, `${min} to ${max} is no range; give whole numbers, min ≤ max`);
  }
  checkHealth(spec.health, `${path}.health`, problems);
  const backgroundWork = spec.backgroundWork ?? false;
  const gpu = spec.gpuMemoryGiB !== undefined;
  if (spec.gpuMemoryGiB !== undefined && spec.gpuMemoryGiB > L4.memoryGiB) {
    problems.add(
      `${path}.gpuMemoryGiB`,
      `${spec.gpuMemoryGiB} GiB is more than the L4 of Cloud Run has; give at most ${L4.memoryGiB}`,
    );
  }
  const wish = gpu
    ? { cpu: Math.max(L4.cpu, spec.cpu), memoryMiB: Math.max(L4.memoryMiB, spec.memoryMiB) }
    : {};
  return {
    ...resolveWorkload({ ...spec, ...wish }, context, spec.port),
    gpu,
    port: spec.port,
    health: spec.health,
    min: backgroundWork ? Math.max(1, min) : min,
    max,
    backgroundWork,
  };
}

function buildService(
  request: BuildRequest<ResolvedService, ContainerServiceLinks>,
): ContainerServiceOutputs {
  const { name, spec, links, parent, environment } = request;
  const { project, region } = settings();
  const edge = links.edge && gcp<EdgeAttachment>(links.edge.attachment);
  const backend = edge?.backends[name];
  const { identity, container, limits, volumes, vpcAccess, annotations, calls, dependsOn } =
    workloadTemplate(request);
  const caller = calls.length > 0 ? callProxy(request, calls) : undefined;
  const front = edge?.fronts[name];
  const own = {
    ...container,
    resources: {
      limits: { ...limits, ...(spec.gpu ? { "nvidia.com/gpu": "1" } : {}) },
      // With a graphics processor an instance is paid for as long as it runs.
      cpuIdle: !spec.backgroundWork && !spec.gpu,
      startupCpuBoost: true,
    },
    ...probes(spec.health, spec.port),
    ...(caller ? { name: "program", dependsOns: [caller.container.name] } : {}),
  };
  const service = new Service(
    // No fixed name: a first deployment that fails leaves a service behind that nobody owns.
    stemOf(name, environment, NAME_MAX),
    {
      project,
      location: region,
      ingress: edge ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_INTERNAL_ONLY",
      // The balancer has no identity, and organisations that restrict members to their own domain
      // refuse `allUsers`. What may connect is decided by ingress and Cloud Armor.
      invokerIamDisabled: edge !== undefined,
      deletionProtection: environment.protected,
      labels: labels(environment, name),
      template: {
        annotations,
        labels: labels(environment, name),
        serviceAccount: identity.email,
        executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2",
        // Whoever calls from inside knows himself how long he waits.
        timeout: `${edge ? requestSeconds(backend?.webSockets ?? false, edge.idleTimeoutSeconds) : LONGEST_REQUEST}s`,
        sessionAffinity: backend?.sticky ?? false,
        scaling: { minInstanceCount: spec.min, maxInstanceCount: spec.max },
        vpcAccess,
        volumes,
        ...(spec.gpu
          ? {
              nodeSelector: { accelerator: L4.accelerator },
              gpuZonalRedundancyDisabled: true,
            }
          : {}),
        containers: [
          ...(front ? behindFront(spec, own, front) : [{ ...own, ...ingress(spec.port) }]),
          ...(caller ? [caller.container] : []),
        ],
      },
      traffics: traffic(heldTraffic(name)),
    },
    {
      parent,
      dependsOn: [...dependsOn, ...(front?.ready ?? []), ...(caller?.ready ?? [])],
      customTimeouts: { create: "20m", update: "20m" },
    },
  );
  keepLogs(
    request,
    "logs",
    pulumi.interpolate`resource.type="cloud_run_revision" AND resource.labels.service_name="${service.name}" AND resource.labels.location="${region}"`,
    spec.logDays,
  );
  const attachment: ServiceAttachment = {
    cloud: "gcp",
    kind: "service",
    serviceName: service.name,
    uri: service.uri,
    checksInvoker: edge === undefined,
  };
  return {
    endpoint: { name, port: CALL_PORT, attachment },
    // Services without an edge are called through a proxy beside the caller; see `calls.ts`.
    internalHost: edge
      ? service.uri.apply((uri) => uri.replace(/^https:\/\//, ""))
      : pulumi.output(callAddress(name)),
    revision: service.latestCreatedRevision,
    attachment,
  };
}

const ingress = (containerPort: number) => ({ ports: { name: "http1", containerPort } });

/** The proxy takes the requests and starts when the program is well; the program is asked as before. */
function behindFront<Container extends object>(
  { health }: ResolvedService,
  own: Container,
  front: Front,
) {
  const { livenessProbe: _alive, ...asked } = probes(health, front.port);
  return [
    { ...own, name: "program" },
    { ...frontContainer(front), dependsOns: ["program"], ...ingress(front.port), ...asked },
  ];
}

/**
 * Cloud Run limits the whole request, not the silence in it. So a limit on silence becomes a longer
 * one on the whole: half as long again, five minutes at least.
 */
export function requestSeconds(webSockets: boolean, idleTimeoutSeconds = 60): number {
  if (webSockets) return LONGEST_REQUEST;
  return Math.min(LONGEST_REQUEST, Math.max(300, Math.ceil(idleTimeoutSeconds * 1.5)));
}

export const containerService = builder({
  cloud: "gcp",
  describe,
  resolve: resolveService,
  build: buildService,
});
