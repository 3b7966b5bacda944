import type { Graph } from "../../policy/lib/graph/graph";
import type { Resource } from "../../policy/lib/resource";
import type { Grant } from "./grant";

/** Built-in roles that may read a secret's value: Secrets User, Secrets Officer, Administrator of Key Vault. */
const READING = [
  "4633458b-17de-408a-b874-0445c86b69e6",
  "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  "00482a5a-887f-4fb3-b363-3b7fe8e74483",
];

/** Identities with such a role on a secret or on something that it is in. */
export function azureGrants(graph: Graph): Grant[] {
  return graph
    .ofType("azure-native:authorization:RoleAssignment")
    .filter((assignment) => {
      const role = assignment.at("roleDefinitionId").text?.toLowerCase() ?? "";
      return READING.some((each) => role.endsWith(each));
    })
    .map((assignment) => {
      const scope = assignment.at("scope").text?.toLowerCase() ?? "";
      return {
        identity: identityOf(graph, assignment),
        covers: (id) => `${id.toLowerCase()}/`.startsWith(`${scope.replace(/\/$/, "")}/`),
      };
    });
}

function identityOf(graph: Graph, assignment: Resource): Resource | string {
  const principal = assignment.at("principalId").text ?? "somebody";
  const own = graph.resources.find(
    ({ outputs }) =>
      outputs.at("principalId").text === principal ||
      outputs.at("identity.principalId").text === principal,
  );
  return own === undefined || own === assignment ? principal : own;
}
