import type { Resource } from "../resource";
import type { Value } from "../value/value";
import { mapContainers, mappedVariables, namedVariables, type Containers } from "./view";

/** Containers and init containers of a Container App or job; the platform has no property for the user. */
export function appContainers(resource: Resource): Containers {
  const template = resource.at("template");
  return mapContainers([template.at("containers"), template.at("initContainers")], (at) => ({
    label: at.at("name").text ?? at.path,
    at,
    image: at.at("image"),
    user: undefined,
    environment: namedVariables(at.at("env").present ? at.at("env") : at.at("envs")),
  }));
}

/** Containers and init containers of a container group. */
export function groupContainers(resource: Resource): Containers {
  const lists = [resource.at("containers"), resource.at("initContainers")];
  return mapContainers(lists, (at) => ({
    label: at.at("name").text ?? at.path,
    at,
    image: at.at("image"),
    user: at.at("securityContext.runAsUser"),
    environment: groupVariables(at.at("environmentVariables")),
  }));
}

/** A list in azure-native, a map in the classic provider. */
function groupVariables(value: Value) {
  return value.isObject ? mappedVariables(value) : namedVariables(value);
}
