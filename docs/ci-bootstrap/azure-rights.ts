import type { Purpose } from "./github";

/** Azure's own roles, by the number that assignments name. */
export const ROLES = {
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  rbacAdministrator: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
  blobContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  cryptoUser: "12338af0-0e69-4776-bea7-57ae8d297424",
} as const;

/** Owner, and the two that hand out roles: nobody gets these from a workflow. */
const PRIVILEGED = [
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  ROLES.rbacAdministrator,
];

/** Workloads' identities get roles, people do not; and no role that gives roles. */
export const ASSIGNMENT_CONDITION = ["write", "delete"]
  .map((verb) => {
    const source = verb === "write" ? "@Request" : "@Resource";
    const attribute = (name: string): string =>
      `${source}[Microsoft.Authorization/roleAssignments:${name}]`;
    return (
      `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})) OR ` +
      `(${attribute("RoleDefinitionId")} ForAnyOfAllValues:GuidNotEquals {${PRIVILEGED.join(", ")}} AND ` +
      `${attribute("PrincipalType")} ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}))`
    );
  })
  .join(" AND ");

const BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";

/** Whoever only looks changes nothing of the state but the lock, which a refresh takes, too. */
export const LOCK_CONDITION =
  `((${["write", "delete", "add/action", "move/action"]
    .map((verb) => `!(ActionMatches{'${BLOBS}/${verb}'})`)
    .join(" AND ")}) OR ` + `(@Resource[${BLOBS}:path] StringStartsWith '.pulumi/locks/'))`;

const POSTGRES = "Microsoft.DBforPostgreSQL/flexibleServers";

/** What a custom role of each purpose is made of, where Azure's own are not enough. */
export const OWN_ACTIONS: Readonly<Record<Purpose, readonly string[]>> = {
  plan: [],
  // The description of jobs and of the private edge comes with roles of two to four actions, archives with locks.
  apply: [
    "Microsoft.Authorization/locks/write",
    "Microsoft.Authorization/roleDefinitions/write",
    "Microsoft.Authorization/roleDefinitions/delete",
  ],
  // On the drill's own resource group: it cannot remove a server anywhere else.
  drill: [
    ...[`${POSTGRES}/read`, `${POSTGRES}/write`, `${POSTGRES}/delete`],
    "Microsoft.Resources/subscriptions/resourceGroups/read",
  ],
};

/** What restoring takes on the rest of the subscription: the source, its subnet and its zone of names. */
export const DRILL_SOURCE_ACTIONS = [
  `${POSTGRES}/read`,
  "Microsoft.Network/virtualNetworks/subnets/join/action",
  "Microsoft.Network/privateDnsZones/join/action",
  // A database with a key of its own has an identity that reads it.
  "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
];
