import { containersOf } from "../containers/containers";
import type { ContainerView } from "../containers/view";
import type { Graph } from "../graph/graph";
import { modelServerOfImage, OLLAMA, type ModelProgram } from "../net/model-servers";
import type { Resource } from "../resource";
import type { Value } from "../value/value";
import { nameOfImage } from "./docker/images";
import type { Node } from "./model";
import type { Reachability } from "./reachability";

/** A model server of a plan. */
export interface ModelServer {
  readonly node: Node;
  readonly program: ModelProgram;
}

/** Every model server that others could connect to. A job may run one for itself: it ends, and offers nothing. */
export function modelServersOf(graph: Graph, { nodes, uses }: Reachability): ModelServer[] {
  // In a preview a task's containers may be unknown, while its callers say which port they want.
  const called = new Set(
    uses.filter(({ ports }) => ports.includes(OLLAMA.port)).map(({ target }) => target),
  );
  return nodes
    .filter(({ kind }) => kind === "workload" || kind === "store")
    .flatMap((node) => {
      const program = programOf(graph, node) ?? (called.has(node) ? OLLAMA : undefined);
      return program === undefined ? [] : [{ node, program }];
    });
}

/** A node's containers stand in its own resource, or in the task definition it is told by. */
function programOf(graph: Graph, { resource, told }: Node): ModelProgram | undefined {
  const carriers = new Set([resource, ...told.map((each) => each.resource)]);
  for (const carrier of carriers) {
    for (const container of containersOf(carrier).containers) {
      const program = programIn(graph, carrier, container);
      if (program !== undefined) return program;
    }
  }
  return undefined;
}

/** The model server in a container that others may find; of one that the platform leads nobody to, nothing. */
function programIn(
  graph: Graph,
  resource: Resource,
  container: ContainerView,
): ModelProgram | undefined {
  const image = resource.type.startsWith("docker:")
    ? nameOfImage(graph, resource, container.image)
    : container.image.text;
  const program = modelServerOfImage(image);
  const ports = namedPorts(resource, container);
  if (ports.includes((program ?? OLLAMA).port)) return program ?? OLLAMA;
  if (program === undefined || !isLedTo(resource, ports)) return undefined;
  return { ...program, port: ports[0] ?? program.port };
}

/** The ports a platform is told of: a container's own, or its app's. */
function namedPorts(resource: Resource, { at }: ContainerView): number[] {
  return PORTS[resource.type]?.(resource, at).flatMap(({ number }) => number ?? []) ?? [];
}

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const APP = "azure-native:app:ContainerApp";
const RUN = "gcp:cloudrunv2/service:Service";

const PORTS: Readonly<Record<string, (resource: Resource, container: Value) => Value[]>> = {
  [TASK]: (_, at) => at.at("portMappings").items.map((item) => item.at("containerPort")),
  [APP]: (resource) => {
    const ingress = resource.at("configuration.ingress");
    const entries = [ingress, ...ingress.at("additionalPortMappings").items];
    return entries.map((entry) => entry.at("targetPort"));
  },
  [RUN]: (_, at) => at.at("ports").items.map((item) => item.at("containerPort")),
};

/** Whether requests end at a container on whatever port: of several in one app or service, only at one of them. */
function isLedTo(resource: Resource, ports: readonly number[]): boolean {
  const alone = containersOf(resource).containers.length === 1;
  if (resource.type === APP) return alone && ports.length > 0;
  return resource.type === RUN ? alone || ports.length > 0 : true;
}
