import type { Resource } from "../resource";
import { Value } from "../value/value";
import { mapContainers, mappedVariables, namedVariables, type Containers } from "./view";

/** Containers of an ECS task definition. */
export function taskContainers(resource: Resource): Containers {
  const document = resource.at("containerDefinitions").document;
  return mapContainers([document], (raw) => {
    const at = camelCased(raw);
    return {
      label: at.at("name").text ?? at.path,
      at,
      image: at.at("image"),
      user: at.at("user"),
      environment: namedVariables(at.at("environment")),
    };
  });
}

/** Containers of an AWS Batch job definition: on EC2 or Fargate in three forms, or on Kubernetes. */
export function batchContainers(resource: Resource): Containers {
  const own = resource.at("containerProperties").document;
  const nodes = resource.at("nodeProperties").document.at("nodeRangeProperties").items;
  const tasks = resource.at("ecsProperties").document.at("taskProperties").items;
  const pod = resource.at("eksProperties.podProperties");
  const plain = mapContainers(
    [
      own,
      ...nodes.map((node) => camelCased(camelCased(node).at("container"))),
      ...tasks.map((task) => camelCased(task).at("containers")),
    ],
    (raw) => {
      const at = camelCased(raw);
      return {
        label: at.path,
        at,
        image: at.at("image"),
        user: at.at("user"),
        environment: namedVariables(at.at("environment")),
      };
    },
  );
  const pods = mapContainers([pod.at("containers"), pod.at("initContainers")], (at) => ({
    label: at.path,
    at,
    image: at.at("image"),
    user: at.at("securityContext.runAsUser"),
    environment: namedVariables(at.at("envs").present ? at.at("envs") : at.at("env")),
  }));
  return {
    containers: [...plain.containers, ...pods.containers],
    unknown: [...plain.unknown, ...pods.unknown],
  };
}

/** The container of an App Runner service built from an image. */
export function appRunnerContainers(resource: Resource): Containers {
  return mapContainers([resource.at("sourceConfiguration.imageRepository")], (at) => ({
    label: "service",
    at,
    image: at.at("imageIdentifier"),
    user: undefined,
    environment: mappedVariables(at.at("imageConfiguration.runtimeEnvironmentVariables")),
  }));
}

/** The function's own process; it has no user to choose and runs as none of the image's. */
export function lambdaContainers(resource: Resource): Containers {
  const at = resource.props;
  const environment = mappedVariables(at.at("environment.variables"));
  const unknown = [at.at("environment"), at.at("environment.variables")].filter(
    (value) => value.unknown,
  );
  return {
    containers: [
      { label: resource.name, at, image: at.at("imageUri"), user: undefined, environment },
    ],
    unknown: unknown.slice(0, 1),
  };
}

/** The provider reads the keys of a container definition whatever the case of their first letter. */
function camelCased(value: Value): Value {
  if (!value.isObject) return value;
  const entries = value.entries.map(([key, item]) => [
    key.charAt(0).toLowerCase() + key.slice(1),
    item.raw,
  ]);
  return new Value(Object.fromEntries(entries), value.path);
}
