import fs from "node:fs";
import path from "node:path";
import { backupRegion } from "../../providers/aws/backup-region";
import { type Deployed, type Properties } from "../support/deployed";
import { Bootstrap, expectKept, ISSUER, SUBJECTS, expectVariables } from "./support";

const bootstrap = new Bootstrap("aws");
let stack: Deployed;
beforeAll(() => (stack = bootstrap.deploy()));
afterAll(() => bootstrap.remove());
const documents = (name: string): Properties[] =>
  stack
    .of("aws:iam/rolePolicy:RolePolicy")
    .filter((policy) => policy.name.startsWith(`portolan-ci-${name}-`))
    .flatMap(
      ({ inputs }) =>
        (JSON.parse(inputs["policy"] as string) as Properties)["Statement"] as Properties[],
    );
const actions = (name: string): string[] =>
  documents(name)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => Action as string[]);

test("a second update changes nothing", () => expect(bootstrap.update()).toEqual([]));

test("GitHub is trusted for one audience, without thumbprints", () => {
  const { inputs, protect } = stack.one("aws:iam/openIdConnectProvider:OpenIdConnectProvider");
  expect([inputs["url"], inputs["clientIdLists"], inputs["thumbprintLists"], protect]).toEqual([
    ISSUER,
    ["sts.amazonaws.com"],
    undefined,
    true,
  ]);
});

test("each role is taken by one environment of one repository, compared as a whole", () => {
  const roles = stack.of("aws:iam/role:Role");
  const found = roles.map(({ name, inputs }) => {
    const { Statement } = JSON.parse(inputs["assumeRolePolicy"] as string) as Properties;
    const [statement, ...more] = Statement as Properties[];
    expect(more).toEqual([]);
    expect([
      statement?.["Action"],
      Object.keys(statement?.["Principal"]),
      Object.keys(statement?.["Condition"]),
    ]).toEqual(["sts:AssumeRoleWithWebIdentity", ["Federated"], ["StringEquals"]]);
    expect(JSON.stringify(statement)).not.toContain("*");
    const {
      "token.actions.githubusercontent.com:aud": audience,
      "token.actions.githubusercontent.com:sub": subject,
      ...others
    } = statement?.["Condition"].StringEquals as Properties;
    expect([audience, others]).toEqual(["sts.amazonaws.com", {}]);
    return [name.replace("portolan-ci-", ""), subject];
  });
  expect(Object.fromEntries(found)).toEqual(SUBJECTS);
});

test("who plans changes nothing but the lock, and applies to no other stack's state", () => {
  const changing = actions("prod-plan").filter(
    (action) => !/:(Get|List|Describe|Decrypt)/.test(action),
  );
  expect(changing).toEqual(["s3:PutObject", "s3:DeleteObject", "kms:GenerateDataKey"]);
  const lock = documents("prod-plan").find(({ Sid }) => Sid === "LockState");
  expect(lock?.["Resource"]).toMatch(/:::portolan-ci-prod-.*\/\.pulumi\/locks\/\*$/);
  expect(
    JSON.stringify(documents("staging-apply").filter(({ Sid }) => /State/.test(Sid as string))),
  ).not.toContain("ci-prod");
});

test("who applies has neither users nor groups nor itself", () => {
  expect(
    actions("prod-apply").filter((action) =>
      /^iam:(\*|.*(User|Group|AccessKey|CreatePolicy|PermissionsBoundary))/.test(action),
    ),
  ).toEqual([]);
  const refused = documents("prod-apply").find(({ Effect }) => Effect === "Deny");
  expect(refused?.["Resource"]).toEqual(
    expect.arrayContaining([
      "arn:aws:iam::111122223333:role/portolan-ci-*",
      "arn:aws:iam::111122223333:policy/portolan-ci-*",
    ]),
  );
  expect(refused?.["Action"]).toEqual(
    expect.arrayContaining(["iam:*", "s3:DeleteObjectVersion", "kms:ScheduleKeyDeletion"]),
  );
});

test("roles of a stack lie below its path, and what they may do is within its boundary", () => {
  const path = "arn:aws:iam::111122223333:role/portolan/prod/*";
  const linked = "arn:aws:iam::111122223333:role/aws-service-role/*";
  const onRoles = documents("prod-apply").filter(
    ({ Effect, Action }) => Effect === "Allow" && /"iam:/.test(JSON.stringify(Action)),
  );
  const profiles = "arn:aws:iam::111122223333:instance-profile/portolan/prod/*";
  expect(onRoles.map(({ Resource }) => [Resource].flat())).toEqual([
    ...[[path], [path], [path, profiles], [path], [linked]],
  ]);
  const giving = onRoles.filter(({ Action }) =>
    (Action as string[]).some((action) =>
      /^iam:(CreateRole|(Put|Delete|Attach|Detach)RolePolicy)$/.test(action),
    ),
  );
  const [limit] = stack.of("aws:iam/policy:Policy").filter(({ name }) => name.includes("prod"));
  expect(giving).toHaveLength(2);
  for (const { Condition } of giving) {
    expect(Condition.StringEquals["iam:PermissionsBoundary"]).toBe(limit?.outputs["arn"]);
  }
  expect(stack.outputs["config"]).toMatchObject({
    prod: { "portolan-aws:permissionsBoundary": limit?.outputs["arn"] },
  });
  const { Statement } = JSON.parse(limit?.inputs["policy"] as string) as Properties;
  const allowed = (Statement as Properties[])
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => Action as string[]);
  expect(allowed.filter((action) => /^(iam|sts|organizations|\*)/.test(action))).toEqual([
    "iam:PassRole",
  ]);
});

test("who applies may use every service that the program is made of, in every region of it", () => {
  /** Modules of the SDK whose service has another name in rights. */
  const NAMES: Record<string, string> = {
    ...{ lb: "elasticloadbalancing", efs: "elasticfilesystem", kinesis: "firehose" },
    ...{ appautoscaling: "application-autoscaling", ebs: "ec2", vpc: "ec2" },
  };
  const folder = path.join(__dirname, "../../providers/aws");
  const modules = fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [
      ...fs.readFileSync(path.join(folder, file), "utf8").matchAll(/"@pulumi\/aws\/(\w+)\//g),
    ])
    .map(([, module = ""]) => NAMES[module] ?? module);
  const services = actions("prod-apply").map((action) => action.split(":")[0]);
  expect(modules.length).toBeGreaterThan(50);
  expect([...new Set(modules)].filter((module) => !services.includes(module))).toEqual([]);
  const regions = documents("prod-apply").flatMap(
    ({ Condition }) => (Condition?.StringEquals?.["aws:RequestedRegion"] ?? []) as string[],
  );
  expect(regions).toEqual(expect.arrayContaining(["eu-central-1", backupRegion("eu-central-1")]));
});

test("a drill removes nothing but what it has restored", () => {
  const removing = documents("prod-drill").filter(({ Action }) =>
    (Action as string[]).includes("rds:DeleteDBInstance"),
  );
  expect(removing.map(({ Resource }) => Resource)).toEqual([
    "arn:aws:rds:eu-central-1:111122223333:db:portolan-drill-*",
  ]);
});

test("the state is versioned, encrypted by the stack's own key, closed and kept", () => {
  expectKept(
    stack,
    "aws:s3/bucket:Bucket",
    "aws:kms/key:Key",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  );
  for (const { inputs } of stack.of("aws:kms/key:Key"))
    expect(inputs["enableKeyRotation"]).toBe(true);
  for (const { inputs } of stack.of("aws:s3/bucketVersioning:BucketVersioning"))
    expect(inputs["versioningConfiguration"].status).toBe("Enabled");
  const keys = stack.of("aws:kms/key:Key").map(({ outputs }) => outputs["arn"]);
  const used = stack
    .of("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")
    .map(({ inputs }) => inputs["rules"][0].applyServerSideEncryptionByDefault.kmsMasterKeyId);
  expect(used.sort()).toEqual(keys.sort());
});

test("the key and the state cannot be destroyed by mistake", () => {
  const run = bootstrap.run("destroy", "--yes");
  expect([run.status === 0, /protect/.test(run.output)]).toEqual([false, true]);
});

test("every environment gets the variables that its workflows read, and no other", () =>
  expectVariables(stack, "AWS_"));
