import { allowStatements, isForAnybody } from "../../lib/check/policy-document";
import { mustBeTrue, mustNotBeOneOf, mustNotBeTrue } from "../../lib/check/simple";
import { forTypes, undecided, violation, type Check, type Report, type Rule } from "../../lib/rule";
import type { Value } from "../../lib/value/value";

const MESSAGE = "anybody can read the bucket";
const ACLS = ["public-read", "public-read-write", "authenticated-read", "website"];
const GROUPS = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;
const SWITCHES = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
];

function checkPolicy(policy: Value): Report[] {
  const { statements, unknown } = allowStatements(policy);
  return [
    ...statements.flatMap((statement) => {
      const anybody = isForAnybody(statement);
      return anybody === undefined ? [] : [violation(anybody, MESSAGE)];
    }),
    ...unknown.map(undecided),
  ];
}

const grants = (list: Value): Report[] =>
  list.items
    .flatMap((grant) => [grant.at("uri"), grant.at("grantee.uri")])
    .filter((uri) => GROUPS.test(uri.text ?? ""))
    .map((uri) => violation(uri, MESSAGE));

const members: Check = (resource) =>
  [
    ...resource.at("member").each,
    ...resource.at("members").each,
    ...resource.at("entity").each,
  ].flatMap((member) => {
    if (member.unknown) return member.prefix === "" ? [undecided(member)] : [];
    return /^all(Authenticated)?Users$/.test(member.text ?? "") ? [violation(member, MESSAGE)] : [];
  });

export const rule: Rule = {
  id: "bucket-public",
  title: "No bucket or blob container is public",
  severity: "critical",
  category: "public-bucket",
  profile: "baseline",
  why: "Public buckets are listed and copied by search engines made for them, within hours.",
  fix: {
    aws: "Remove public ACLs, grants and principals; leave all four switches of the public access block on; serve files through CloudFront.",
    azure: "Set allowBlobPublicAccess to false and publicAccess to None.",
    gcp: "Remove allUsers and allAuthenticatedUsers, and set publicAccessPrevention to enforced.",
  },
  controls: { nist: ["AC-3", "AC-6", "SC-7"], cis: ["3.3"] },
  check: {
    "aws:s3/bucket:Bucket": (resource) => [
      ...mustNotBeOneOf(resource.at("acl"), ACLS, MESSAGE),
      ...grants(resource.at("grants")),
      ...checkPolicy(resource.at("policy")),
    ],
    "aws:s3/bucketAcl:BucketAcl": (resource) => [
      ...mustNotBeOneOf(resource.at("acl"), ACLS, MESSAGE),
      ...grants(resource.at("accessControlPolicy.grants")),
    ],
    "aws:s3/bucketPolicy:BucketPolicy": (resource) => checkPolicy(resource.at("policy")),
    ...forTypes(
      [
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
      ],
      (resource) =>
        SWITCHES.flatMap((path) =>
          mustBeTrue(resource.at(path), `${path} is off, so the bucket can be made public`),
        ),
    ),
    "azure-native:storage:StorageAccount": (resource) =>
      mustNotBeTrue(
        resource.at("allowBlobPublicAccess"),
        "containers of the account can be made public",
      ),
    "azure-native:storage:BlobContainer": (resource) =>
      mustNotBeOneOf(resource.at("publicAccess"), ["Blob", "Container"], MESSAGE),
    "azure:storage/account:Account": (resource) =>
      mustNotBeTrue(
        resource.at("allowNestedItemsToBePublic"),
        "containers of the account can be made public",
      ),
    "azure:storage/container:Container": (resource) =>
      mustNotBeOneOf(resource.at("containerAccessType"), ["blob", "container"], MESSAGE),
    ...forTypes(
      [
        "gcp:storage/bucketIAMMember:BucketIAMMember",
        "gcp:storage/bucketIAMBinding:BucketIAMBinding",
        "gcp:storage/bucketAccessControl:BucketAccessControl",
        "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl",
      ],
      members,
    ),
    "gcp:storage/bucketACL:BucketACL": (resource) => [
      ...mustNotBeOneOf(
        resource.at("predefinedAcl"),
        ["publicRead", "publicReadWrite", "authenticatedRead"],
        MESSAGE,
      ),
      ...resource
        .at("roleEntities")
        .each.filter((entity) => /:all(Authenticated)?Users$/.test(entity.text ?? ""))
        .map((entity) => violation(entity, MESSAGE)),
    ],
  },
};
