import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { ACCOUNT } from "./types";
import { isAccount } from "./workloads";

/** Members of a grant, be it for one or for several. */
export function membersOf(grant: Resource): Value[] {
  return [...grant.at("member").each, ...grant.at("members").each];
}

/** True where a grant gives one of the roles, or one of the customer's own that may give as much. */
export function mayGive(grant: Resource, roles: readonly string[]): boolean {
  const role = grant.at("role").text;
  return role === undefined || !role.startsWith("roles/") || roles.includes(role);
}

/** True where a grant is for an account of the plan, or for the address of one outside. */
export function isFor(
  graph: Graph,
  grant: Resource,
  account: Resource | undefined,
  email: string | undefined,
): boolean {
  return membersOf(grant).some((member) => {
    const address = member.text?.replace(/^serviceAccount:/, "");
    if (account === undefined) return email !== undefined && address === email;
    if (isAccount(account, address)) return true;
    return graph.links(grant, member, [ACCOUNT]).resources.includes(account);
  });
}
