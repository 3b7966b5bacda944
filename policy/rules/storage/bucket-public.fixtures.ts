import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const bucket = (props: object) => resource("aws:s3/bucket:Bucket", props);
const block = (props: object) =>
  resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", props);
const on = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};
const policy = (statement: object) =>
  resource("aws:s3/bucketPolicy:BucketPolicy", {
    policy: {
      json: {
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...statement }],
      },
    },
  });
const member = (value: unknown) =>
  resource("gcp:storage/bucketIAMMember:BucketIAMMember", { member: value });

export const fixtures: Fixtures = {
  good: [
    bucket({ acl: "private" }),
    block(on),
    policy({ Principal: { Service: "cloudfront.amazonaws.com" } }),
    policy({
      Effect: "Deny",
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
    policy({ Principal: "*", Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }),
    member("serviceAccount:a@p.iam.gserviceaccount.com"),
    resource("azure-native:storage:BlobContainer", { publicAccess: "None" }),
  ],
  bad: [
    bucket({ acl: "public-read" }),
    resource("aws:s3/bucketV2:BucketV2", { acl: "public-read-write" }),
    resource("aws:s3/bucketAclV2:BucketAclV2", { acl: "public-read" }),
    bucket({ grants: [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers" }] }),
    block({ ...on, blockPublicPolicy: false }),
    policy({ Principal: "*" }),
    policy({ Principal: { AWS: "*" }, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    member("allUsers"),
    resource("azure-native:storage:StorageAccount", { allowBlobPublicAccess: true }),
    resource("azure-native:storage:BlobContainer", { publicAccess: "Blob" }),
  ],
  missing: [
    passes(bucket({})),
    violates(block({})),
    passes(resource("azure-native:storage:StorageAccount", {})),
  ],
  unknown: [
    bucket({ acl: unknown }),
    resource("aws:s3/bucketPolicy:BucketPolicy", { policy: unknown }),
    member(unknown),
  ],
  wrongType: [
    passes(bucket({ acl: {}, grants: 5 })),
    violates(block({ ...on, blockPublicAcls: "no" })),
  ],
};
