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
  gpuMemoryGiB: { unsupported: "it is not offered on this target yet" },
  containerName: { unsupported: "it is not offered on this target yet" },
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
  build: ({
    name,
    spec,
    links,
    parent,
    environment,
  }: BuildRequest<ContainerServiceSpec, ContainerServiceLinks>) => {
    const { edge } = links;
    const parts = partsOf(name, spec, links);
    const { revision, network } = parts;
    const callers = hostNetwork(
      `${name}-callers`,
      "internal",
      network.subnets,
      environment,
      parent,
    );
    const routed = edge && attachmentOf<EdgeAttachment>(edge.attachment, "docker").networks[name];
    if (spec.scaling.max > spec.scaling.min) {
      warn(parent, `${name}.scaling.max`, `${spec.scaling.min} replicas run; a host adds none`);
    }
    // Everything that is known now is part of the name. A release is therefore another container,
    // made and healthy before the edge is told, and the old one goes at the very end.
    const label = `${name}-${revision}`;
    const files = workloadFiles(label, spec, links, environment, parent);
    const replicas = Array.from(
      { length: spec.scaling.min },
      (_, index) => `${label}-${index + 1}`,
    );
    const containers: Container[] = [];
    for (const replica of replicas) {
      const previous = containers.at(-1);
      const container = new Container(
        replica,
        {
          ...hardened(
            {
              name: replica,
              component: name,
              image: parts.image.image,
              user: parts.user,
              cpu: spec.cpu,
              memoryMiB: spec.memoryMiB,
              scratch: parts.scratch,
              graceSeconds: spec.stopGraceSeconds,
              files: files.version,
              fixed: revision,
            },
            environment,
          ),
          entrypoints: [KEEPER, "run"],
          command: spec.command ? [...spec.command] : files.program,
          envs: parts.envs,
          init: true,
          networksAdvanced: [
            ...(routed ? [{ name: routed.name, aliases: [replica] }] : []),
            { name: callers.name, aliases: [name] },
            ...parts.networks.map((each) => ({ name: each.name })),
          ],
          volumes: [network.keeper.mount, files.mount],
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
    const attachment: ServiceAttachment = { cloud: "docker", replicas, containers };
    return {
      endpoint: { name, port: spec.port, attachment: endpoint },
      internalHost: pulumi.output(name),
      revision: pulumi.output(revision),
      attachment,
    };
  },
});
