import { Container } from "@pulumi/docker/container";
import * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import { builder, type BuildRequest, type Parity } from "../../components/builder";
import type {
  ContainerServiceLinks,
  ContainerServiceSpec,
} from "../../components/container-service";
import type { EdgeAttachment, EndpointAttachment, ServiceAttachment } from "./attachments";
import { hardened } from "./hardened";
import { KEEPER } from "./keeper";
import { hostNetwork } from "./private-network";
import { warn } from "./shortfall";
import { describeWorkload, partsOf, workloadFiles } from "./workload";

const describe: Parity<ContainerServiceSpec> = {
  ...describeWorkload,
  port: "open to the edge and to the workloads that use it, each on a network of their own",
  health: "asked by the helper inside the container, by the edge, and before a release is routed",
  scaling: "`min` containers; a host does not scale by itself, `max` beyond it is warned about",
  stopGraceSeconds: "grace between the stop signal and the kill",
  backgroundWork: "always: containers are never paused",
  gpuMemoryGiB:
    "all graphics processors of the host (Docker's `gpus`), whose memory is not checked; needs NVIDIA's container toolkit",
  containerName:
    "the container's whole name on the host, further replicas count from -2; a release stops the old one before the new one starts",
};

/** The engine looks often, so that a release is not held up by the edge's interval. */
const LOOK_SECONDS = 5;
/** What a network has room for: two revisions, the edge, the watch and one spare. */
const MAX_REPLICAS = 12;

export const containerService = builder({
  cloud: "docker",
  describe,
  resolve: (spec: ContainerServiceSpec, { path, problems }) => {
    if (spec.scaling.min < 1 || spec.scaling.min > MAX_REPLICAS) {
      problems.add(
        `${path}.scaling.min`,
        `${spec.scaling.min} replicas do not fit on one host; give 1 to ${MAX_REPLICAS}`,
      );
    }
    return spec;
  },
  build: (request: BuildRequest<ContainerServiceSpec, ContainerServiceLinks>) => {
    const { name, spec, links, parent, environment } = request;
    const { edge } = links;
    const parts = partsOf(request);
    const { revision, network } = parts;
    const callers = hostNetwork(
      `${name}-callers`,
      "internal",
      network.subnets,
      environment,
      parent,
    );
    const front = edge && attachmentOf<EdgeAttachment>(edge.attachment, "docker");
    const routed = front?.networks[name];
    if (spec.scaling.max > spec.scaling.min) {
      warn(parent, `${name}.scaling.max`, `${spec.scaling.min} replicas run; a host adds none`);
    }
    // Everything that is known now is part of the name. A release is therefore another container,
    // made and healthy before the edge is told, and the old one goes at the very end.
    const label = `${name}-${revision}`;
    const files = workloadFiles(label, spec, links, environment, parent);
    // With a fixed name there can be no second container: it is replaced in place.
    const fixed = spec.containerName;
    const replicas = Array.from({ length: spec.scaling.min }, (_, index) => {
      if (fixed === undefined) return `${label}-${index + 1}`;
      return index === 0 ? fixed : `${fixed}-${index + 1}`;
    });
    const containers: Container[] = [];
    for (const [index, replica] of replicas.entries()) {
      const previous = containers.at(-1);
      const container = new Container(
        fixed === undefined ? replica : `${name}-${index + 1}`,
        {
          ...hardened(
            {
              name: replica,
              ...(fixed === undefined ? {} : { exactName: replica }),
              component: name,
              image: parts.image.image,
              user: parts.user,
              cpu: spec.cpu,
              memoryMiB: spec.memoryMiB,
              scratch: parts.scratch,
              graceSeconds: spec.stopGraceSeconds,
              files: files.version,
              fixed: revision,
              ...(links.siem ? { siem: links.siem } : {}),
            },
            environment,
          ),
          entrypoints: [KEEPER, "run"],
          command: spec.command ? [...spec.command] : files.program,
          envs: [...parts.envs, ...variablesOf(front, name)],
          ...(spec.gpuMemoryGiB === undefined ? {} : { gpus: "all" }),
          init: true,
          networksAdvanced: [
            ...(routed ? [{ name: routed.name, aliases: [replica] }] : []),
            { name: callers.name, aliases: [name] },
            ...parts.networks.map((each) => ({ name: each.name })),
            ...(front?.existing ? [{ name: front.existing.network }] : []),
          ],
          volumes: [network.keeper.mount, files.mount, ...parts.mounts],
          healthcheck: {
            tests: ["CMD", KEEPER, "probe", `http://127.0.0.1:${spec.port}${spec.health.path}`],
            interval: `${LOOK_SECONDS}s`,
            timeout: `${spec.health.timeoutSeconds}s`,
            retries: spec.health.unhealthyAfter,
            startPeriod: `${spec.health.startSeconds}s`,
          },
          wait: true,
          waitTimeout: spec.health.startSeconds + 120,
        },
        // One after the other: should they ever be replaced in place, one always serves.
        {
          parent,
          deleteBeforeReplace: true,
          dependsOn: [...links.after, ...(previous ? [previous] : [])],
        },
      );
      containers.push(container);
    }
    const endpoint: EndpointAttachment = { cloud: "docker", network: callers };
    const attachment: ServiceAttachment = {
      cloud: "docker",
      replicas,
      containers,
    };
    return {
      endpoint: { name, port: spec.port, attachment: endpoint },
      internalHost: pulumi.output(name),
      revision: pulumi.output(revision),
      attachment,
    };
  },
});

/** What the host's own proxy reads from the container. */
function variablesOf(edge: EdgeAttachment | undefined, name: string): string[] {
  const variables = edge?.existing?.variables[name] ?? {};
  return Object.entries(variables).map(([key, value]) => `${key}=${value}`);
}
