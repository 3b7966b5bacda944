import type { NameRule, Rule, TypeTable } from "../lib/table";

/** Names of Compute Engine: RFC 1035. */
export const COMPUTE_NAME: NameRule = { property: "name", max: 63, auto: { lower: true } };

export const named = (max: number): NameRule => ({ property: "name", max });

/** Accepts an ID, a link or a bare name, as most arguments of Google's provider do. */
export const ref = (type: string, ...outputs: string[]): string =>
  [type, ...outputs.map((output) => `${type}#${output}`)].join("|");

export const NETWORK = ref("gcp:compute/network:Network", "selfLink", "name");
export const SUBNETWORK = ref("gcp:compute/subnetwork:Subnetwork", "selfLink", "name");
export const ACCOUNT = ref("gcp:serviceaccount/account:Account", "email", "name");
export const CRYPTO_KEY = "gcp:kms/cryptoKey:CryptoKey";

const SELF_LINK = "https://www.googleapis.com/compute/v1/{id}";

/** A resource of Compute Engine that belongs to the project as a whole. */
export function globalCompute(collection: string, table: TypeTable): TypeTable {
  return compute(`projects/{project}/global/${collection}/{name}`, "account", table);
}

/** A resource of Compute Engine in a region. */
export function regionalCompute(collection: string, table: TypeTable): TypeTable {
  return compute(`projects/{project}/regions/{region}/${collection}/{name}`, "region", {
    ...table,
    replaceOn: ["region", ...(table.replaceOn ?? [])],
    outputs: { region: "{region}", ...table.outputs },
  });
}

/** A resource of Compute Engine in a zone. */
export function zonalCompute(collection: string, table: TypeTable): TypeTable {
  return compute(`projects/{project}/zones/{zone}/${collection}/{name}`, "region", {
    ...table,
    replaceOn: ["zone", ...(table.replaceOn ?? [])],
    outputs: { zone: "{zone}", ...table.outputs },
  });
}

function compute(id: string, scope: "account" | "region", table: TypeTable): TypeTable {
  return {
    name: COMPUTE_NAME,
    id,
    scope,
    ...table,
    outputs: { selfLink: SELF_LINK, ...table.outputs },
    exists: "googleapi: Error 409: The resource '{id}' already exists, alreadyExists",
    missing: "googleapi: Error 404: The resource '{value}' was not found, notFound",
    inUse:
      "googleapi: Error 400: The {id} resource is already being used, resourceInUseByAnotherResource",
  };
}

export const now: Rule = () => new Date().toISOString();

/** Grant on one resource: `<resource> <role> <member>`. */
export function iamMember(property: string, reference: string, extra: TypeTable = {}): TypeTable {
  return {
    id: `{in.${property}}/{in.role}/{in.member}`,
    scope: "account",
    references: { [property]: reference },
    validate: ({ member }) => badMember(member),
    outputs: { etag: "BwY{hex:8}" },
    missing: "googleapi: Error 404: '{value}' does not exist., notFound",
    ...extra,
    replaceOn: [property, "role", "member", "condition", ...(extra.replaceOn ?? [])],
  };
}

/** The same for a resource that has a location. */
export const regionalIamMember = (property: string, reference: string): TypeTable =>
  iamMember(property, reference, { replaceOn: ["location"] });

const MEMBER =
  /^(serviceAccount|user|group|domain|principal|principalSet|projectOwner|projectEditor|projectViewer):|^allUsers$|^allAuthenticatedUsers$/;

/** What every grant's Check finds. Unknown members are judged when they are known. */
export function badMember(member: unknown): { property: string; reason: string }[] {
  if (typeof member !== "string" || MEMBER.test(member)) return [];
  return [
    {
      property: "member",
      reason: `invalid value for member (IAM members must have one of the values outlined here: https://cloud.google.com/billing/docs/reference/rest/v1/Policy#Binding): ${member}`,
    },
  ];
}
