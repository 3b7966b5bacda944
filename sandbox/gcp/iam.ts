import type { Draft, Failure, TypeTable } from "../lib/table";
import { Tombstones } from "../lib/tombstones";
import type { Plain } from "../lib/values";

const POOL = "gcp:iam/workloadIdentityPool:WorkloadIdentityPool";

const deleted = new Tombstones("gcp");

/** A deleted pool or provider keeps its name for 30 days. */
const KEPT_DAYS = 30;

/** Pools and providers are named by the project's number, which is how principals name them, too. */
const pools = (draft: Draft): string =>
  `projects/${draft.place.number}/locations/global/workloadIdentityPools`;

const kept = {
  create: ({ id }: Draft) => {
    deleted.refuseBuried(id, "googleapi: Error 409: Requested entity already exists");
    return undefined;
  },
  remove: ({ id }: { id: string }) => deleted.bury(id, KEPT_DAYS),
};

export const types: Record<string, TypeTable> = {
  [POOL]: {
    name: { property: "workloadIdentityPoolId", max: 32, manual: true },
    id: "projects/{project}/locations/global/workloadIdentityPools/{in.workloadIdentityPoolId}",
    scope: "account",
    replaceOn: ["workloadIdentityPoolId"],
    outputs: {
      name: (draft: Draft) => `${pools(draft)}/${String(draft.inputs.workloadIdentityPoolId)}`,
      state: "ACTIVE",
    },
    validate: ({ workloadIdentityPoolId: id }) => badId("workloadIdentityPoolId", id),
    exists: "googleapi: Error 409: Requested entity already exists",
    missing: "googleapi: Error 404: Requested entity was not found: {value}",
    ...kept,
  },
  "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider": {
    name: {
      property: "workloadIdentityPoolProviderId",
      max: 32,
      manual: true,
      within: ["workloadIdentityPoolId"],
    },
    id:
      "projects/{project}/locations/global/workloadIdentityPools/{in.workloadIdentityPoolId}" +
      "/providers/{in.workloadIdentityPoolProviderId}",
    scope: "account",
    replaceOn: ["workloadIdentityPoolId", "workloadIdentityPoolProviderId"],
    references: { workloadIdentityPoolId: `${POOL}#workloadIdentityPoolId` },
    outputs: {
      name: (draft: Draft) =>
        `${pools(draft)}/${String(draft.inputs.workloadIdentityPoolId)}` +
        `/providers/${String(draft.inputs.workloadIdentityPoolProviderId)}`,
      state: "ACTIVE",
    },
    validate: (inputs) => [
      ...badId("workloadIdentityPoolProviderId", inputs.workloadIdentityPoolProviderId),
      ...openToAll(inputs),
    ],
    exists: "googleapi: Error 409: Requested entity already exists",
    ...kept,
  },
};

function badId(property: string, id: Plain): Failure[] {
  if (typeof id !== "string" || /^(?!gcp-)[a-z0-9-]{4,32}$/.test(id)) return [];
  return [
    {
      property,
      reason: `"${id}" is no id: 4 to 32 lower-case letters, digits and hyphens, not beginning with gcp-`,
    },
  ];
}

/** GitHub signs for everybody with one name; Google refuses a provider that takes all of its tokens. */
function openToAll({ oidc, attributeCondition }: Plain): Failure[] {
  const shared = oidc?.issuerUri === "https://token.actions.githubusercontent.com";
  if (!shared || attributeCondition !== undefined) return [];
  return [
    {
      property: "attributeCondition",
      reason:
        "the attribute condition must reference one of the provider's claims: this issuer signs for many organisations",
    },
  ];
}
