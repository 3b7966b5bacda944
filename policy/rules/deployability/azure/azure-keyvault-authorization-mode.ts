import { builtInRole, ROLES } from "../../../lib/deployability/azure/identities";
import {
  ACCESS_POLICY,
  ROLE_ASSIGNMENT,
  VAULT,
  VAULT_SECRET,
} from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

/** Roles that open what is in a vault; administering the vault itself is no such role. */
const DATA_ROLES: ReadonlySet<string> = new Set([
  ROLES.keyVaultAdministrator,
  ROLES.keyVaultReader,
  ROLES.keyVaultSecretsOfficer,
  ROLES.keyVaultSecretsUser,
  ROLES.keyVaultCertificatesOfficer,
  ROLES.keyVaultCertificateUser,
  ROLES.keyVaultCryptoOfficer,
  ROLES.keyVaultCryptoUser,
  ROLES.keyVaultCryptoServiceUser,
]);

export const rule = deployability({
  id: "azure-keyvault-authorization-mode",
  title: "Access to a vault is granted in the way the vault looks at",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "Forbidden: ForbiddenByRbac or ForbiddenByPolicy when an app reads a secret.",
  },
  fix: "Set enableRbacAuthorization to true where roles are assigned and drop accessPolicies; set it to false and list accessPolicies otherwise.",
  source: "https://learn.microsoft.com/azure/key-vault/general/rbac-guide",
  check: {
    [VAULT]: (vault) => {
      const policies = vault.at("properties.accessPolicies");
      const roles = vault.at("properties.enableRbacAuthorization");
      if (!vault.at("properties").isObject) return [];
      if (policies.each.length > 0) {
        if (roles.unknown) return [undecided(roles)];
        return roles.boolean === true
          ? [violation(policies, "access policies are ignored, since the vault looks at roles")]
          : [];
      }
      if (policies.present || roles.unknown || roles.boolean === true) return [];
      if (vault.at("properties.createMode").present) return [];
      return [
        {
          ...violation(policies, "the vault looks at access policies, and has no list of them"),
          answer:
            "400: the vault's accessPolicies are required unless enableRbacAuthorization is true.",
        },
      ];
    },
  },
  checkStack: {
    types: [ROLE_ASSIGNMENT, ACCESS_POLICY],
    run: (graph, context) => [
      ...ofEach([ROLE_ASSIGNMENT], (assignment) => checkRole(graph, assignment)).run(
        graph,
        context,
      ),
      ...ofEach([ACCESS_POLICY], (policy) => {
        const { resource: vault } = target(graph, policy, policy.at("vaultName"), VAULT);
        return vault?.at("properties.enableRbacAuthorization").boolean === true
          ? [violation(policy.at("vaultName"), `${vault.name} looks at roles, not at policies`)]
          : [];
      }).run(graph, context),
    ],
  },
});

function checkRole(graph: Graph, assignment: Resource): Report[] {
  const role = builtInRole(assignment);
  if (role === undefined || !DATA_ROLES.has(role)) return [];
  const scope = target(graph, assignment, assignment.at("scope"), VAULT, VAULT_SECRET).resource;
  if (scope === undefined) return [];
  const vault =
    scope.type === VAULT ? scope : target(graph, scope, scope.at("vaultName"), VAULT).resource;
  const roles = vault?.at("properties.enableRbacAuthorization");
  if (vault === undefined || roles === undefined || roles.boolean === true) return [];
  if (roles.unknown) return [undecided(roles)];
  return [
    violation(
      assignment.at("scope"),
      `${vault.name} ignores roles, since enableRbacAuthorization is not true`,
    ),
  ];
}
