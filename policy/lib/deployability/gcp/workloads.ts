import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { valuesAt } from "../links";
import { target, type Target } from "../target";
import { linked } from "./named";
import { ACCOUNT, CONNECTOR, NETWORK, RUN_JOB, SUBNET } from "./types";

/** The template of what runs: a job's stands inside the template of its executions. */
export function templateOf(workload: Resource): Value {
  return workload.at(workload.type === RUN_JOB ? "template.template" : "template");
}

/** Containers of a service, job or worker pool. */
export function containersOf(workload: Resource): Value[] {
  return templateOf(workload).at("containers").each;
}

/** A secret a workload reads, with the version it asks for. */
export interface SecretUse {
  readonly secret: Value;
  readonly version: Value;
}

/** Secrets in variables and in volumes. */
export function secretsOf(workload: Resource): SecretUse[] {
  const template = templateOf(workload);
  const variables = containersOf(workload)
    .flatMap((container) => valuesAt(container, "envs[].valueSource.secretKeyRef"))
    .filter((reference) => reference.present)
    .map((at) => ({ secret: at.at("secret"), version: at.at("version") }));
  const volumes = template
    .at("volumes")
    .items.filter((volume) => volume.at("secret").present)
    .map((volume) => ({
      secret: volume.at("secret.secret"),
      version: volume.at("secret.items").items[0]?.at("version") ?? volume.at("secret.version"),
    }));
  return [...variables, ...volumes];
}

/** The service account a workload runs as; absent means the project's default one. */
export function accountOf(graph: Graph, workload: Resource): Target & { readonly at: Value } {
  const at = templateOf(workload).at("serviceAccount");
  const named = graph.ofType(ACCOUNT).find((account) => isAccount(account, at.text));
  if (named !== undefined) return { at, resource: named, open: [] };
  return { at, ...target(graph, workload, at, ACCOUNT) };
}

/** True for the e-mail address of an account of the plan. */
export function isAccount(account: Resource, email: string | undefined): boolean {
  if (email === undefined) return false;
  const id = account.at("accountId").text;
  return (
    account.outputs.at("email").text === email ||
    (id !== undefined && email.startsWith(`${id}@`) && email.endsWith(".gserviceaccount.com"))
  );
}

/** The network a workload's traffic enters, or why nobody can tell. */
export function networkOf(graph: Graph, workload: Resource): NetworkRef {
  const access = templateOf(workload).at("vpcAccess");
  const [face] = access.at("networkInterfaces").items;
  if (face?.at("network").present === true)
    return { at: face.at("network"), ...linked(graph, workload, face.at("network"), NETWORK) };
  const subnet = face?.at("subnetwork");
  if (subnet?.present === true) return throughSubnet(graph, workload, subnet);
  const connector = access.at("connector");
  const found = linked(graph, workload, connector, CONNECTOR);
  if (found.resource === undefined) return { at: connector, ...found, resource: undefined };
  const network = found.resource.at("network");
  return network.present
    ? { at: network, ...linked(graph, found.resource, network, NETWORK) }
    : throughSubnet(graph, found.resource, found.resource.at("subnet.name"));
}

/** A network, and the property that names it. */
export interface NetworkRef extends Target {
  readonly at: Value;
}

function throughSubnet(graph: Graph, user: Resource, at: Value): NetworkRef {
  const { resource: subnet, open } = linked(graph, user, at, SUBNET);
  if (subnet === undefined) return { at, resource: undefined, open };
  const network = subnet.at("network");
  return { at: network, ...linked(graph, subnet, network, NETWORK) };
}

/** True for two references that surely name different networks. */
export function differ(one: NetworkRef, other: NetworkRef): boolean {
  if (one.resource !== undefined && other.resource !== undefined)
    return one.resource !== other.resource;
  const [here, there] = [one.at.text, other.at.text].map((text) => text?.split("/").at(-1));
  return here !== undefined && there !== undefined && here !== there;
}
