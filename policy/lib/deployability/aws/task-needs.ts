import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { IMAGE_BUILDS, namesOfBuild } from "../image-builds";
import { injectedSecrets } from "./secrets";
import { containersOf, tasksOf } from "./tasks";
import { PARAMETER, REPOSITORY } from "./types";

/** What a task calls before its program starts. */
export interface TaskNeeds {
  /** Services of AWS, as endpoints name them: `ecr.dkr`, `logs`. */
  readonly services: ReadonlySet<string>;
  /** True where an image lies in a registry on the internet. */
  readonly internet: boolean;
}

/** What the tasks of a service call before they start, as far as it is known. */
export function needsOfService(graph: Graph, service: Resource): TaskNeeds {
  const services = new Set<string>();
  let internet = false;
  for (const { resource: task } of tasksOf(graph, service).found) {
    for (const { at, image } of containersOf(task).containers) {
      const registry = registryOf(graph, task, image);
      if (registry === "ecr") for (const name of ["ecr.api", "ecr.dkr", "s3"]) services.add(name);
      if (registry === "internet") internet = true;
      if (at.at("logConfiguration.logDriver").isWord("awslogs")) services.add("logs");
    }
    for (const { target, valueFrom } of injectedSecrets(graph, task)) {
      const parameter =
        target?.type === PARAMETER || /^(\/|arn:aws[\w-]*:ssm:)/.test(valueFrom.text ?? "");
      services.add(parameter ? "ssm" : "secretsmanager");
    }
  }
  if (service.at("enableExecuteCommand").boolean === true) services.add("ssmmessages");
  return { services, internet };
}

type Image = ReturnType<typeof containersOf>["containers"][number]["image"];

function registryOf(graph: Graph, task: Resource, image: Image): "ecr" | "internet" | undefined {
  const text = image.text ?? image.prefix;
  if (/\.dkr\.ecr\./.test(text)) return "ecr";
  const links = graph.links(task, image, [REPOSITORY, ...IMAGE_BUILDS]).resources;
  const named = links.flatMap((one) =>
    one.type === REPOSITORY
      ? [one]
      : namesOfBuild(one).flatMap((name) => graph.links(one, name, [REPOSITORY]).resources),
  );
  if (named.length > 0) return "ecr";
  // A registry inside the network has a name without a public ending; nobody can tell by the name.
  return image.text !== undefined && !/\.(internal|local|corp|lan)(:\d+)?\//.test(text)
    ? "internet"
    : undefined;
}
