import type { Resource } from "../resource";
import { Value } from "../value/value";
import { mapContainers, mappedVariables, type Containers, type EnvironmentVariable } from "./view";

/** A container of a Docker host. */
export function dockerContainer(resource: Resource): Containers {
  return mapContainers([resource.props], (at) => ({
    label: resource.name,
    at,
    image: at.at("image"),
    user: at.at("user"),
    environment: assignments(at.at("envs")),
  }));
}

/** The containers of a Swarm service. */
export function swarmContainer(resource: Resource): Containers {
  return mapContainers([resource.at("taskSpec.containerSpec")], (at) => ({
    label: resource.name,
    at,
    image: at.at("image"),
    user: at.at("user"),
    environment: mappedVariables(at.at("env")),
  }));
}

/** `NAME=value` lines; of a line that is partly unknown the name is read from its literal start. */
function assignments(list: Value): EnvironmentVariable[] {
  return list.each.flatMap((line) => {
    const text = line.text ?? line.prefix;
    const equals = text.indexOf("=");
    if (equals < 1) return [];
    const name = text.slice(0, equals);
    const value = line.unknown ? line : new Value(text.slice(equals + 1), line.path);
    return [{ name, value }];
  });
}
