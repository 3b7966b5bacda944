import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { targets } from "../links";
import { IDENTITY, ROLE_ASSIGNMENT } from "./types";

/** Built-in roles by the last part of their id. */
export const ROLES = {
  keyVaultAdministrator: "00482a5a-887f-4fb3-b363-3b7fe8e74483",
  keyVaultReader: "21090545-7ca7-4776-b22c-e363652d74d2",
  keyVaultSecretsOfficer: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  keyVaultSecretsUser: "4633458b-17de-408a-b874-0445c86b69e6",
  keyVaultCertificatesOfficer: "a4417e6f-fecd-4de8-b567-7b0420556985",
  keyVaultCertificateUser: "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba",
  keyVaultCryptoOfficer: "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
  keyVaultCryptoUser: "12338af0-0e69-4776-bea7-57ae8d297424",
  keyVaultCryptoServiceUser: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  keyVaultContributor: "f25e0fa2-a7c8-4377-a976-54943a77a395",
  acrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  acrPush: "8311e382-0749-4cb8-b61a-304f252e45ec",
  acrRepositoryReader: "b93aa761-3e63-49ed-ac28-beffa264f7ac",
  acrDelete: "c2f4ef07-c644-48eb-af81-4b1b4947fb11",
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
} as const;

const KNOWN: ReadonlySet<string> = new Set(Object.values(ROLES));

/** The role of an assignment, where it is a built-in one known here. */
export function builtInRole(assignment: Resource): string | undefined {
  const id = assignment.at("roleDefinitionId");
  const text = (id.text ?? id.suffix).toLowerCase();
  const last = text.slice(text.lastIndexOf("/") + 1);
  return KNOWN.has(last) ? last : undefined;
}

/** True where an assignment gives one of the roles, or one that is not known here and may give as much. */
export function mayGive(assignment: Resource, roles: readonly string[]): boolean {
  const role = builtInRole(assignment);
  return role === undefined || roles.includes(role);
}

/** Role assignments of an identity that reach a resource: on it, or on something around it. */
export function assignmentsOf(
  graph: Graph,
  identity: Resource,
  scopes: readonly Resource[],
  roles: readonly string[],
): Resource[] {
  const types = [...new Set(scopes.map(({ type }) => type))];
  return graph.ofType(ROLE_ASSIGNMENT).filter((assignment) => {
    if (!mayGive(assignment, roles) || !isFor(graph, assignment, identity)) return false;
    const scope = assignment.at("scope");
    const own = graph.links(assignment, scope, types).resources;
    if (own.length > 0) return own.some((resource) => scopes.includes(resource));
    // A resource group, a subscription or an id from outside lies around it, as far as anybody can tell.
    const other = graph.links(assignment, scope).resources;
    return other.length === 0 || other.some(({ type }) => type.endsWith(":ResourceGroup"));
  });
}

/** True where an assignment or access policy names the principal of an identity. */
function isFor(graph: Graph, assignment: Resource, identity: Resource): boolean {
  const principal = assignment.at("principalId");
  if (graph.links(assignment, principal, [IDENTITY]).resources.includes(identity)) return true;
  const known = identity.outputs.at("principalId").text;
  return known !== undefined && principal.text === known;
}

/** Identities of the plan that a property names. */
export function identitiesAt(graph: Graph, resource: Resource, at: Value): readonly Resource[] {
  return targets(graph, resource, [at], IDENTITY).found.map((found) => found.resource);
}
