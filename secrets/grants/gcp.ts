import type { Graph } from "../../policy/lib/graph/graph";
import type { Resource } from "../../policy/lib/resource";
import type { Grant } from "./grant";

const READING = ["roles/secretmanager.secretAccessor", "roles/secretmanager.admin", "roles/owner"];

/** Members with such a role on a secret, or on the project. */
export function gcpGrants(graph: Graph): Grant[] {
  return graph
    .ofType(
      "gcp:secretmanager/secretIamMember:SecretIamMember",
      "gcp:secretmanager/secretIamBinding:SecretIamBinding",
      "gcp:projects/iAMMember:IAMMember",
      "gcp:projects/iAMBinding:IAMBinding",
    )
    .filter((grant) => READING.includes(grant.at("role").text ?? ""))
    .flatMap((grant) => {
      const secret = grant.at("secretId").text;
      const members = [...grant.at("member").each, ...grant.at("members").each];
      return members.map(({ text = "somebody" }) => ({
        identity: identityOf(graph, text),
        covers: (id: string) =>
          secret === undefined || id === secret || id.endsWith(`/secrets/${secret}`),
      }));
    });
}

function identityOf(graph: Graph, member: string): Resource | string {
  const account = graph
    .ofType("gcp:serviceaccount/account:Account")
    .find(({ outputs }) => outputs.at("member").text === member);
  return account ?? member;
}
