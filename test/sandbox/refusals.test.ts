import fs from "node:fs";
import path from "node:path";
import { provider as aws } from "../../sandbox/aws/index";
import { provider as azure } from "../../sandbox/azure-native/index";
import { provider as gcp } from "../../sandbox/gcp/index";
import type { Properties } from "../../sandbox/lib/values";
import { UNKNOWN } from "../../sandbox/lib/values";
import { SimulatedCloud } from "../support/simulated-cloud";

const CLOUDS = {
  aws: () => new SimulatedCloud(aws, { region: "eu-west-1" }),
  azure: () => new SimulatedCloud(azure, { location: "westeurope" }),
  gcp: () => new SimulatedCloud(gcp, { project: "shop", region: "europe-west1" }),
};
type Cloud = keyof typeof CLOUDS;

let cloud: SimulatedCloud;
const open = (name: Cloud): void => void (cloud = CLOUDS[name]());
afterEach(() => cloud.close());

const SECRET = "aws:secretsmanager/secret:Secret";
const GROUP = "azure-native:resources:ResourceGroup";
const VAULT = "azure-native:keyvault:Vault";
const LOCK = "azure-native:authorization:ManagementLockByScope";
const VPC = "aws:ec2/vpc:Vpc";

const vault: Properties = {
  resourceGroupName: "shop",
  vaultName: "kv-shop",
  properties: { tenantId: "t", sku: { name: "standard", family: "A" } },
};
const sql: Properties = {
  databaseVersion: "POSTGRES_16",
  deletionProtection: false,
  settings: { tier: "db-custom-1-3840", edition: "ENTERPRISE" },
};

describe("a name is taken after what bore it is gone", () => {
  test.each<[string, Cloud, string, Properties, RegExp]>([
    ["secret", "aws", SECRET, { name: "one" }, /already scheduled for deletion/],
    ["vault", "azure", VAULT, vault, /already exists in deleted state/],
    [
      "database",
      "gcp",
      "gcp:sql/databaseInstance:DatabaseInstance",
      { ...sql, name: "one" },
      /until one week from the deletion date/,
    ],
    ["key ring", "gcp", "gcp:kms/keyRing:KeyRing", { name: "one" }, /already exists/],
    [
      "log bucket",
      "gcp",
      "gcp:logging/projectBucketConfig:ProjectBucketConfig",
      { bucketId: "one", location: "global", project: "shop" },
      /DELETE_REQUESTED/,
    ],
  ])("%s on %s", async (_, name, type, inputs, said) => {
    open(name);
    if (name === "azure") await cloud.create(GROUP, "group", { resourceGroupName: "shop" });
    await cloud.remove(await cloud.create(type, "one", inputs));
    await expect(cloud.create(type, "again", inputs)).rejects.toThrow(said);
  });

  test("but not without a window to recover it", async () => {
    open("aws");
    const inputs = { name: "one", recoveryWindowInDays: 0 };
    await cloud.remove(await cloud.create(SECRET, "one", inputs));
    await cloud.create(SECRET, "again", inputs);
  });
});

describe("what is protected is not deleted", () => {
  const ON = { deletionProtection: true };

  test.each<[Cloud, string, Properties, RegExp]>([
    [
      "aws",
      "aws:rds/instance:Instance",
      { instanceClass: "db.t4g.micro", engine: "postgres", username: "shop", ...ON },
      /Cannot delete protected DB Instance/,
    ],
    [
      "aws",
      "aws:ec2/instance:Instance",
      { ami: "ami-1", instanceType: "t4g.micro", disableApiTermination: true },
      /may not be terminated/,
    ],
    ["aws", "aws:dynamodb/table:Table", { deletionProtectionEnabled: true }, /cannot be deleted/],
    ["gcp", "gcp:sql/databaseInstance:DatabaseInstance", { ...sql, ...ON }, /deletion_protection/],
    [
      "gcp",
      "gcp:cloudrunv2/service:Service",
      { location: "europe-west1", template: {}, ...ON },
      /deletion_protection/,
    ],
    [
      "gcp",
      "gcp:secretmanager/secret:Secret",
      { secretId: "one", replication: { auto: {} }, ...ON },
      /deletion_protection/,
    ],
    ["gcp", "gcp:redis/instance:Instance", { memorySizeGb: 1, ...ON }, /deletion_protection/],
    ["gcp", "gcp:container/cluster:Cluster", ON, /deletion_protection/],
    ["gcp", "gcp:compute/instance:Instance", { ...ON }, /Deletion Protection is enabled/],
  ])("on %s: %s", async (name, type, inputs, said) => {
    open(name);
    const made = await cloud.create(type, "one", inputs);
    await expect(cloud.remove(made)).rejects.toThrow(said);
  });

  test("on gcp: a bucket with objects in it", async () => {
    open("gcp");
    const bucket = await cloud.create("gcp:storage/bucket:Bucket", "one", { location: "EU" });
    const file = { bucket: bucket.id, content: "text" };
    await cloud.create("gcp:storage/bucketObject:BucketObject", "file", file);
    await expect(cloud.remove(bucket)).rejects.toThrow(/containing objects/);
  });

  test("on azure: everything below a lock, until it is gone", async () => {
    open("azure");
    const group = await cloud.create(GROUP, "group", { resourceGroupName: "shop" });
    const made = await cloud.create(VAULT, "vault", vault);
    const lock = await cloud.create(LOCK, "lock", { scope: group.id, level: "CanNotDelete" });
    await expect(cloud.remove(made)).rejects.toThrow(/ScopeLocked/);
    await cloud.remove(lock);
    await cloud.remove(made);
  });
});

test("what a network is born with is there", async () => {
  open("aws");
  const { id: vpcId, outputs } = await cloud.create(VPC, "net", { cidrBlock: "10.0.0.0/16" });
  const inputs = { vpcId, serviceName: "com.amazonaws.eu-west-1.s3" };
  const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
  await cloud.create(ENDPOINT, "s3", {
    ...inputs,
    routeTableIds: [String(outputs["mainRouteTableId"])],
  });
  const stray = cloud.create(ENDPOINT, "stray", { ...inputs, routeTableIds: ["rtb-0"] });
  await expect(stray).rejects.toThrow(/InvalidRouteTableID.NotFound/);
});

describe("an account has quotas", () => {
  const fill = async (type: string, count: number, inputs: Properties): Promise<void> => {
    for (let index = 0; index < count; index++) await cloud.create(type, `n${index}`, inputs);
  };

  test.each<[Cloud, string, number, Properties, RegExp]>([
    ["aws", VPC, 5, { cidrBlock: "10.0.0.0/16" }, /VpcLimitExceeded/],
    ["aws", "aws:ec2/eip:Eip", 5, {}, /AddressLimitExceeded/],
    ["gcp", "gcp:compute/network:Network", 5, {}, /Quota 'NETWORKS' exceeded/],
  ])("on %s: %s", async (name, type, most, inputs, said) => {
    open(name);
    await fill(type, most, inputs);
    await expect(cloud.create(type, "more", inputs)).rejects.toThrow(said);
  });

  test("on aws: policies of one role, not of two", async () => {
    open("aws");
    const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    for (const name of ["one", "two"])
      await cloud.create("aws:iam/role:Role", name, { name, assumeRolePolicy: {} });
    await fill(ATTACHMENT, 10, { role: "one", policyArn });
    await expect(cloud.create(ATTACHMENT, "more", { role: "one", policyArn })).rejects.toThrow(
      /PoliciesPerRole: 10/,
    );
    await cloud.create(ATTACHMENT, "other", { role: "two", policyArn });
  });

  test("which can be raised", async () => {
    open("aws");
    fs.writeFileSync(path.join(cloud.folder, "quotas.json"), JSON.stringify({ [VPC]: 6 }));
    await fill(VPC, 6, { cidrBlock: "10.0.0.0/16" });
    await expect(cloud.create(VPC, "more", { cidrBlock: "10.0.0.0/16" })).rejects.toThrow(
      /VpcLimitExceeded/,
    );
  });
});

describe("a policy that the program gives as an object is written as text", () => {
  const statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };

  test.each([
    ["aws:iam/role:Role", "assumeRolePolicy"],
    ["aws:sqs/queuePolicy:QueuePolicy", "policy"], // known by its SDK only
  ])("%s", async (type, property) => {
    open("aws");
    const inputs = await cloud.checked(type, "one", { [property]: { Statement: [statement] } });
    expect(JSON.parse(String(inputs[property]))).toEqual({ Statement: [statement] });
  });

  test("unless a part of it is not known yet", async () => {
    open("aws");
    const given: Properties = { policy: { Statement: [{ ...statement, Resource: UNKNOWN }] } };
    const inputs = await cloud.checked("aws:sqs/queuePolicy:QueuePolicy", "one", given);
    expect(inputs["policy"]).toBe(UNKNOWN);
  });
});
