import { IDENTITY, ROLE_ASSIGNMENT } from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ROLE = /\/roleDefinitions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const rule = deployability({
  id: "azure-role-assignment-form",
  title: "A role assignment names its role by full id and says what its principal is",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "PrincipalNotFound: Principal does not exist in the directory; this error might be related to a replication delay.",
  },
  fix: 'Set principalType "ServicePrincipal" for identities made in the same plan, roleDefinitionId to .../roleDefinitions/<guid>, and leave roleAssignmentName out.',
  source: "https://learn.microsoft.com/azure/role-based-access-control/troubleshooting",
  check: {
    [ROLE_ASSIGNMENT]: (assignment) => [...checkRole(assignment), ...checkName(assignment)],
  },
  checkStack: ofEach([ROLE_ASSIGNMENT], (assignment, graph): Report[] => {
    const principal = assignment.at("principalId");
    const kind = assignment.at("principalType");
    const [identity] = graph
      .links(assignment, principal)
      .resources.filter((one) => one.type === IDENTITY || one.at("identity").present);
    if (identity === undefined || kind.isWord("ServicePrincipal")) return [];
    if (kind.unknown) return [undecided(kind)];
    return [
      violation(
        kind,
        `principalType is ${kind.text ?? "not set"} for ${identity.name}, which is made in the same plan`,
      ),
    ];
  }),
});

function checkRole(assignment: Resource): Report[] {
  const role = assignment.at("roleDefinitionId");
  const answer = `InvalidRoleDefinitionId: The role definition ID '${role.text ?? "..."}' is not valid.`;
  if (role.unknown) {
    // What is known of the end has to be the end of an id; a role of the plan is one by itself.
    const isWrong = role.suffix.length > 8 && !GUID.test(role.suffix.slice(-36));
    return isWrong ? [{ ...violation(role, "the role is not named by its full id"), answer }] : [];
  }
  if (role.text === undefined || ROLE.test(role.text)) return [];
  return [{ ...violation(role, `"${role.text}" is not the full id of a role`), answer }];
}

function checkName(assignment: Resource): Report[] {
  const name = assignment.at("roleAssignmentName");
  if (name.unknown) return [];
  return name.text === undefined || GUID.test(name.text)
    ? []
    : [
        {
          ...violation(name, `the assignment's name "${name.text}" is no GUID`),
          answer: "InvalidRoleAssignmentId: The role assignment ID must be a GUID.",
        },
      ];
}
