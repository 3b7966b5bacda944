import { ContainerApp } from "@pulumi/azure-native/app";
import type { app } from "@pulumi/azure-native/types/input";
import * as pulumi from "@pulumi/pulumi";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  ContainerServiceLinks,
  ContainerServiceOutputs,
  ContainerServiceSpec,
} from "../../components/container-service";
import { heldTraffic } from "../../components/held-traffic";
import type { Backend } from "../../components/https-edge";
import { azure, type EdgeAttachment, type ServiceAttachment } from "./attachments";
import { foreignImage } from "./image-cache";
import { localProxy, PROXY_IMAGE } from "./local-proxy";
import { appName } from "./names";
import { checkHealth, probesOf } from "./probes";
import { settings } from "./settings";
import { trafficOf, type Traffic } from "./traffic";
import { describeWorkload, resolveWorkload, workload, type ResolvedWorkload } from "./workload";

type Resolved = ContainerServiceSpec & ResolvedWorkload;
type Request = BuildRequest<Resolved, ContainerServiceLinks>;

/** Inactive revisions that can be taken into service again without a build. */
const KEPT_REVISIONS = 10;
const LONGEST_GRACE = 600;

const describe: Parity<ContainerServiceSpec> = {
  ...describeWorkload,
  port: "target port of the ingress, which only the private network reaches",
  health:
    "readiness probe on the path; start-up and liveness probes on the port, so that an app that " +
    "reports a lost store is taken out of traffic and not restarted",
  scaling: "replicas from min to max with a rule on CPU; min 0 adds a rule on requests",
  stopGraceSeconds: "termination grace period, at most 600 s",
  backgroundWork: "replicas always have their CPU; at least one is kept",
  gpuMemoryGiB:
    "a serverless GPU profile: a T4 (16 GiB) with 8 vCPU and 56 GiB, or an A100 (80 GiB) with 24 " +
    "vCPU and 220 GiB; a replica has the whole of it, in the regions that Azure offers it in",
  containerName: "accepted: there are no container names on this target",
};

function resolve(spec: ContainerServiceSpec, context: ResolveContext): Resolved {
  const { path, problems } = context;
  checkHealth(spec.health, `${path}.health`, problems);
  if (spec.stopGraceSeconds < 0 || spec.stopGraceSeconds > LONGEST_GRACE) {
    problems.add(
      `${path}.stopGraceSeconds`,
      `${spec.stopGraceSeconds} is not offered on Container Apps; use at most ${LONGEST_GRACE}`,
    );
  }
  const { min, max } = spec.scaling;
  if (max < 1 || max > 1000 || min > max) {
    problems.add(
      `${path}.scaling`,
      `min ${min}, max ${max} do not fit; use 0 <= min <= max <= 1000`,
    );
  }
  if (min === 0 && spec.backgroundWork) {
    problems.add(`${path}.scaling.min`, "0 would stop the background work; use 1 or more");
  }
  return { ...spec, ...resolveWorkload(spec, context, spec.gpuMemoryGiB) };
}

function build(request: Request): ContainerServiceOutputs {
  const { name, spec, links, parent, environment } = request;
  const backend = links.edge && azure<EdgeAttachment>(links.edge.attachment).backends[name];
  const beside = backend?.localProxy ? foreignImage(PROXY_IMAGE, environment, parent) : undefined;
  const parts = workload({ name, spec, links, beside, environment, parent });
  const { network } = parts;
  const proxy = backend && beside && localProxy(backend, network.layout, beside.reference);
  const physical = appName(name);
  const traffic = trafficOf(heldTraffic(name));
  const service = new ContainerApp(
    `${name}-app`,
    {
      containerAppName: physical,
      resourceGroupName: network.group.name,
      location: settings().location,
      environmentId: network.environment.id,
      workloadProfileName: spec.placement.profile.type,
      identity: { type: "UserAssigned", userAssignedIdentities: [parts.identity.identity.id] },
      configuration: {
        activeRevisionsMode: traffic.mode,
        maxInactiveRevisions: KEPT_REVISIONS,
        ingress: ingressOf(spec.port, proxy?.port ?? spec.port, backend, traffic),
        secrets: parts.secrets,
        registries: parts.registries,
      },
      // No suffix for the revision: Azure refuses one that it has seen before, and going back to an
      // earlier description must be possible.
      template: {
        containers: [
          { ...parts.container, probes: probesOf(spec.health, spec.port) },
          ...(proxy ? [proxy.container] : []),
        ],
        volumes: parts.volumes,
        scale: scaleOf(spec),
        terminationGracePeriodSeconds: Math.min(
          LONGEST_GRACE,
          Math.max(spec.stopGraceSeconds, backend?.drainSeconds ?? 0),
        ),
      },
      tags: parts.tags,
    },
    { parent, dependsOn: [...parts.dependsOn], customTimeouts: { create: "30m", update: "30m" } },
  );
  const attachment: ServiceAttachment = {
    cloud: "azure",
    app: service,
    appName: physical,
    workspaceId: network.workspace.id,
    fqdn: service.configuration.apply((set) => set?.ingress?.fqdn ?? ""),
  };
  return {
    endpoint: { name, port: spec.port, attachment },
    internalHost: pulumi.output(physical),
    revision: service.latestRevisionName,
    attachment,
  };
}

/**
 * Behind the edge: HTTP, for the whole of the private network, where Front Door comes in. Other
 * workloads call the container's own port by TCP, inside the environment only.
 */
function ingressOf(
  port: number,
  behindEdge: number,
  backend: Backend | undefined,
  { mode, weights }: Traffic,
): app.IngressArgs {
  if (!backend) {
    return {
      external: false,
      transport: "tcp",
      targetPort: port,
      exposedPort: port,
      traffic: weights,
    };
  }
  const ownPort = port !== 80 && port !== 443;
  return {
    external: true,
    transport: "auto",
    targetPort: behindEdge,
    allowInsecure: false,
    traffic: weights,
    ...(ownPort
      ? { additionalPortMappings: [{ external: false, targetPort: port, exposedPort: port }] }
      : {}),
    // Sticky sessions exist in single-revision mode only; during a release they pause.
    ...(backend.sticky && mode === "Single" ? { stickySessions: { affinity: "sticky" } } : {}),
  };
}

function scaleOf({ scaling, backgroundWork }: Resolved): app.ScaleArgs {
  const cpu: app.ScaleRuleArgs = {
    name: "cpu",
    custom: {
      type: "cpu",
      metadata: { type: "Utilization", value: `${scaling.cpuPercent ?? 65}` },
    },
  };
  // CPU is measured in replicas only, so from none at all requests have to bring the first.
  const requests: app.ScaleRuleArgs = {
    name: "requests",
    http: { metadata: { concurrentRequests: "50" } },
  };
  return {
    minReplicas: Math.max(scaling.min, backgroundWork ? 1 : 0),
    maxReplicas: scaling.max,
    rules: scaling.min === 0 ? [cpu, requests] : [cpu],
  };
}

export const containerService = builder({ cloud: "azure", describe, resolve, build });
