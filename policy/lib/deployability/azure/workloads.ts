import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { target, type Target } from "../target";
import { ENVIRONMENT } from "./types";

/** The environment of an app or job. */
export function environmentOf(graph: Graph, workload: Resource): Target {
  return target(graph, workload, environmentId(workload), ENVIRONMENT);
}

/** The id of the environment, under its name of today or the one it had before. */
export function environmentId(workload: Resource): Value {
  const today = workload.at("environmentId");
  return today.present ? today : workload.at("managedEnvironmentId");
}

/** Containers and init containers. */
export function containersOf(workload: Resource): Value[] {
  return [
    ...workload.at("template.containers").each,
    ...workload.at("template.initContainers").each,
  ];
}

/** True where an environment has workload profiles, false where it runs on consumption only; else what will tell. */
export function hasProfiles(environment: Resource): boolean | Value {
  const profiles = environment.at("workloadProfiles");
  return profiles.unknown ? profiles : profiles.each.length > 0;
}

/** A secret of an app or job that stands in a Key Vault. */
export interface VaultReference {
  readonly at: Value;
  readonly label: string;
  readonly url: Value;
  readonly identity: Value;
}

/** Secrets that are read from a Key Vault. */
export function vaultReferences(workload: Resource): VaultReference[] {
  return workload.at("configuration.secrets").items.flatMap((at) => {
    const url = at.at("keyVaultUrl");
    if (url.absent) return [];
    return [{ at, label: at.at("name").text ?? at.path, url, identity: at.at("identity") }];
  });
}
