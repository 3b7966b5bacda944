import { taskContainers } from "../../containers/aws";
import type { Containers } from "../../containers/view";
import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { undecided, type Report } from "../../rule";
import type { Value } from "../../value/value";
import { targets, type Targets } from "../links";
import { TASK } from "./types";

/** Asks only of task definitions made for Fargate; one that may be is undecided. */
export function onFargate(task: Resource, ask: () => Report[]): Report[] {
  const launch = task.at("requiresCompatibilities");
  if (launch.each.some((one) => one.isWord("FARGATE"))) return ask();
  const [unknown] = launch.each.filter((one) => one.unknown);
  return unknown === undefined ? [] : [undecided(unknown)];
}

/** True, false or the value that will tell: whether tasks have a network interface of their own. */
export function hasOwnInterface(task: Resource): boolean | Value {
  const mode = task.at("networkMode");
  return mode.unknown ? mode : mode.isWord("awsvpc");
}

/** Containers of a task definition and reports on those that are not known yet. */
export function containersOf(task: Resource): Containers & { readonly open: readonly Report[] } {
  const containers = taskContainers(task);
  return { ...containers, open: containers.unknown.map(undecided) };
}

/** Task definitions a service runs. */
export function tasksOf(graph: Graph, service: Resource): Targets {
  return targets(graph, service, [service.at("taskDefinition")], TASK);
}
