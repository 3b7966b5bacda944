import type { Resource } from "../resource";
import type { Value } from "../value/value";
import { mapContainers, namedVariables, type Containers } from "./view";

/** Containers of a Cloud Run service or worker pool; the platform has no property for the user. */
export function serviceContainers(resource: Resource): Containers {
  return templateContainers(resource.at("template"));
}

/** Containers of a Cloud Run job. */
export function jobContainers(resource: Resource): Containers {
  return templateContainers(resource.at("template.template"));
}

/** Containers of a service written for the first Cloud Run API. */
export function legacyServiceContainers(resource: Resource): Containers {
  return templateContainers(resource.at("template.spec"));
}

function templateContainers(template: Value): Containers {
  return mapContainers([template.at("containers"), template.at("initContainers")], (at) => ({
    label: at.at("name").text ?? at.path,
    at,
    image: at.at("image"),
    user: undefined,
    environment: namedVariables(at.at("envs")),
  }));
}
