import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Report } from "../../rule";
import { Value } from "../../value/value";
import { targets } from "../links";
import { containersOf } from "./tasks";
import { DATABASE, DATABASE_CLUSTER, PARAMETER, SECRET, SECRET_VERSION } from "./types";

/** A secret that a task definition hands to a container. */
export interface InjectedSecret {
  readonly container: string;
  /** Name of the variable. */
  readonly name: string;
  readonly valueFrom: Value;
  /** What follows the ARN: `:key:stage:version`. */
  readonly rest: string;
  /** Secret or parameter of the plan. */
  readonly target: Resource | undefined;
  /** Why the target is not known. */
  readonly open: Report | undefined;
}

const ARN = /^(arn:aws[\w-]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+)(:.*)?$/s;

/** Secrets that the containers of a task definition are given by name. */
export function injectedSecrets(graph: Graph, task: Resource): InjectedSecret[] {
  return containersOf(task).containers.flatMap(({ at, label }) =>
    [...at.at("secrets").items, ...at.at("logConfiguration.secretOptions").items].flatMap(
      (entry) => {
        const valueFrom = entry.at("valueFrom");
        return valueFrom.absent
          ? []
          : [
              {
                container: label,
                name: entry.at("name").text ?? "",
                valueFrom,
                ...resolve(graph, task, valueFrom),
              },
            ];
      },
    ),
  );
}

function resolve(
  graph: Graph,
  task: Resource,
  valueFrom: Value,
): Pick<InjectedSecret, "rest" | "target" | "open"> {
  const parts = ARN.exec(valueFrom.text ?? "");
  const base = parts === null ? valueFrom : new Value(parts[1], valueFrom.path);
  const types = [SECRET, SECRET_VERSION, PARAMETER, DATABASE, DATABASE_CLUSTER];
  const { found, open } = targets(graph, task, [base], ...types);
  const rest = parts === null ? valueFrom.suffix : (parts[2] ?? "");
  return { rest, target: secretOf(graph, found[0]?.resource), open: open[0] };
}

/** The secret a version belongs to; anything else is itself. */
function secretOf(graph: Graph, resource: Resource | undefined): Resource | undefined {
  if (resource?.type !== SECRET_VERSION) return resource;
  return graph.links(resource, resource.at("secretId"), [SECRET]).resources[0] ?? resource;
}

/** Versions that fill a secret. */
export function versionsOf(graph: Graph, secret: Resource): Resource[] {
  if (secret.type === SECRET_VERSION) return [secret];
  return graph
    .referrers(secret, SECRET_VERSION)
    .filter((version) =>
      graph.links(version, version.at("secretId"), [SECRET]).resources.includes(secret),
    );
}
