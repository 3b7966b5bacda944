import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { no, unknown, YES, type Answer } from "../answer";
import type { Admission, Entrance } from "../model";
import type { AzureNode } from "./nodes";

/** Whether an app answers to anybody outside its environment. */
export function answersOutside({ name, resource }: AzureNode): Answer {
  const ingress = resource.at("configuration.ingress");
  if (ingress.absent) return no(`${name} has no ingress`);
  if (ingress.at("external").unknown) return unknown(`ingress.external of ${name} is unknown`);
  return ingress.at("external").boolean === true
    ? YES
    : no(`${name} answers inside its environment only (ingress.external)`);
}

/** Whether an environment has no address on the internet. */
export const isClosed = (environment: Resource): boolean =>
  environment.at("vnetConfiguration.internal").boolean === true ||
  environment.at("publicNetworkAccess").isWord("Disabled");

/** An app outside a closed environment answers under its own name, past any edge. */
export function appEntrances(graph: Graph, node: AzureNode): Entrance[] {
  const ingress = node.resource.at("configuration.ingress");
  if (ingress.absent || ingress.at("external").boolean === false || ingress.at("external").absent)
    return [];
  const environment = graph.find(node.environment ?? "");
  if (environment === undefined)
    return [{ node, port: 443, verdict: "unknown", through: "an environment outside the plan" }];
  if (isClosed(environment)) return [];
  const restricted = ingress
    .at("ipSecurityRestrictions")
    .items.some((item) => item.at("action").isWord("Allow"));
  if (restricted) return [];
  const open = [
    ingress.at("external"),
    environment.at("vnetConfiguration.internal"),
    environment.at("publicNetworkAccess"),
  ].some((value) => value.unknown);
  return [
    {
      node,
      port: 443,
      verdict: open ? "unknown" : "yes",
      through: "ingress.external, its own address",
    },
  ];
}

/** An app's ingress lets in its whole environment, and with `external` whoever reaches the environment. */
export function admittedToApp(
  graph: Graph,
  nodes: readonly AzureNode[],
  target: AzureNode,
): Admission[] {
  const ingress = target.resource.at("configuration.ingress");
  if (ingress.absent) return [];
  const members = nodes
    .filter((node) => node !== target && node.environment === target.environment)
    .map((node) => ({
      ...{ node, who: node.name, verdict: "yes" as const },
      through: graph.find(target.environment ?? "")?.name ?? "its environment",
    }));
  const external = ingress.at("external");
  const unknown = ingress.unknown || external.unknown;
  if (!unknown && external.boolean !== true) return members;
  const restricted = ingress
    .at("ipSecurityRestrictions")
    .items.some((item) => item.at("action").isWord("Allow"));
  const rest: Admission = {
    who: restricted ? "some addresses of the virtual network" : "everything in the virtual network",
    verdict: unknown ? "unknown" : "yes",
    ...{ through: "ingress.external", sharing: "whole VNet" },
  };
  return [...members, rest];
}
