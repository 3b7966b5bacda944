import fs from "node:fs";
import path from "node:path";
import type { Cloud } from "../../docs/ci-bootstrap/settings";
import { Deployed, sandbox, succeed, type Properties } from "../support/deployed";
import { updated } from "../support/operations";
import { copyProject } from "../support/project-copy";

const FOLDER = "docs/ci-bootstrap";
const REPOSITORY = "acme@123456/shop@456789";
const ISSUER = "https://token.actions.githubusercontent.com";

/** Every identity, and the one job that gets it. */
const SUBJECTS = Object.fromEntries(
  ["staging", "prod"].flatMap((stack) => [
    [`${stack}-plan`, `repo:${REPOSITORY}:environment:preview-${stack}`],
    [`${stack}-apply`, `repo:${REPOSITORY}:environment:${stack}`],
    [`${stack}-drill`, `repo:${REPOSITORY}:environment:restore-drill-${stack}`],
  ]),
);

let project: string;
beforeAll(() => (project = copyProject()));
afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

const args = (cloud: Cloud): string[] => ["--stack", cloud, "-C", path.join(project, FOLDER)];

function deployed(cloud: Cloud): Deployed {
  updated(project, ...args(cloud));
  return Deployed.export(project, cloud, "-C", path.join(project, FOLDER));
}

/** What must outlive a mistake. */
function expectKept(stack: Deployed, ...types: string[]): void {
  for (const type of types) {
    const found = stack.of(type);
    expect([type, found.length]).toEqual([type, 2]);
    for (const each of found)
      expect([each.name, each.protect, each.retainOnDelete]).toEqual([each.name, true, true]);
  }
}

describe("aws", () => {
  let stack: Deployed;
  beforeAll(() => (stack = deployed("aws")));
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

  test("a second update changes nothing", () =>
    expect(updated(project, ...args("aws"))).toEqual([]));

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
        /^iam:(\*|.*(User|Group|AccessKey|AttachRolePolicy|CreatePolicy))/.test(action),
      ),
    ).toEqual([]);
    const refused = documents("prod-apply").find(({ Effect }) => Effect === "Deny");
    expect(refused?.["Resource"]).toEqual(
      expect.arrayContaining(["arn:aws:iam::111122223333:role/portolan-ci-*"]),
    );
    expect(refused?.["Action"]).toEqual(
      expect.arrayContaining(["iam:*", "s3:DeleteObjectVersion", "kms:ScheduleKeyDeletion"]),
    );
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
    const run = sandbox(project, "destroy", "--yes", ...args("aws"));
    expect([run.status === 0, /protect/.test(run.output)]).toEqual([false, true]);
  });
});

describe("azure", () => {
  let stack: Deployed;
  beforeAll(() => (stack = deployed("azure")));
  const assignments = (name: string) =>
    stack
      .of("azure-native:authorization:RoleAssignment")
      .filter((each) => each.name.startsWith(`portolan-ci-${name}-`));
  const PRIVILEGED = /8e3af657-a8ff-443c-a75c-2fe8c4bcb635|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9/;

  test("a second update changes nothing", () =>
    expect(updated(project, ...args("azure"))).toEqual([]));

  test("each identity is federated with one environment of one repository", () => {
    const found = stack
      .of("azure-native:managedidentity:FederatedIdentityCredential")
      .map(({ name, inputs }) => {
        expect([inputs["issuer"], inputs["audiences"]]).toEqual([
          ISSUER,
          ["api://AzureADTokenExchange"],
        ]);
        return [name.replace("portolan-ci-", ""), inputs["subject"]];
      });
    expect(Object.fromEntries(found)).toEqual(SUBJECTS);
  });

  test("who plans reads, and writes the lock alone", () => {
    const roles = assignments("prod-plan").map(({ name, inputs }) => [
      name.split("-").at(-1),
      String(inputs["roleDefinitionId"]).split("/").at(-1),
      String(inputs["condition"] ?? ""),
    ]);
    expect(roles.sort()).toEqual([
      ["cloud", "acdd72a7-3385-48ef-bd42-f606fba81ae7", ""],
      ["key", "12338af0-0e69-4776-bea7-57ae8d297424", ""],
      [
        "state",
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        expect.stringMatching(/blobs\/write'.*blobs:path\] StringStartsWith '\.pulumi\/locks\/'/),
      ],
    ]);
  });

  test("who applies hands out no role that hands out roles, and none to people", () => {
    const [roles] = assignments("prod-apply").filter(({ name }) => name.endsWith("apply-roles"));
    expect(roles?.inputs["conditionVersion"]).toBe("2.0");
    expect(roles?.inputs["condition"]).toMatch(
      /roleAssignments\/write'.*GuidNotEquals \{8e3af657.*18d7d88d.*f58310d9.*'ServicePrincipal'.*roleAssignments\/delete'/,
    );
    for (const { inputs } of stack.of("azure-native:authorization:RoleAssignment"))
      expect(inputs["roleDefinitionId"]).not.toMatch(PRIVILEGED);
  });

  test("a drill removes servers in a group of its own only", () => {
    const removing = stack
      .of("azure-native:authorization:RoleDefinition")
      .filter(({ inputs }) =>
        JSON.stringify(inputs["permissions"]).includes("flexibleServers/delete"),
      );
    expect(removing.map(({ inputs }) => inputs["scope"]).sort()).toEqual(
      ["prod", "staging"].map((name) =>
        expect.stringMatching(new RegExp(`/resourceGroups/portolan-ci-${name}-drill$`)),
      ),
    );
  });

  test("the state is versioned, reached by identity alone, locked and kept; the key rotates", () => {
    expectKept(
      stack,
      "azure-native:storage:StorageAccount",
      "azure-native:storage:BlobContainer",
      "azure-native:keyvault:Vault",
      "azure-native:keyvault:Key",
      "azure-native:authorization:ManagementLockByScope",
    );
    for (const { inputs } of stack.of("azure-native:storage:BlobServiceProperties"))
      expect(inputs["isVersioningEnabled"]).toBe(true);
    for (const { inputs } of stack.of("azure-native:storage:StorageAccount")) {
      expect([
        inputs["allowSharedKeyAccess"],
        inputs["allowBlobPublicAccess"],
        inputs["minimumTlsVersion"],
      ]).toEqual([false, false, "TLS1_2"]);
    }
    for (const { inputs } of stack.of("azure-native:keyvault:Vault"))
      expect(inputs["properties"].enablePurgeProtection).toBe(true);
    for (const { inputs } of stack.of("azure-native:authorization:ManagementLockByScope"))
      expect(inputs["level"]).toBe("CanNotDelete");
  });
});

describe("gcp", () => {
  let stack: Deployed;
  beforeAll(() => (stack = deployed("gcp")));
  const roles = (name: string): string[] =>
    stack
      .of("gcp:projects/iAMMember:IAMMember")
      .filter((each) => each.name.startsWith(`portolan-ci-${name}-`))
      .map(({ inputs }) => inputs["role"] as string);

  test("a second update changes nothing", () =>
    expect(updated(project, ...args("gcp"))).toEqual([]));

  test("tokens of other repositories are refused at the door, whatever they are called", () => {
    const { inputs, protect } = stack.one(
      "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
    );
    expect(inputs["attributeCondition"]).toBe(
      'assertion.repository == "acme/shop" && assertion.repository_owner_id == "123456" && assertion.repository_id == "456789"',
    );
    expect([inputs["oidc"].issuerUri, inputs["attributeMapping"], protect]).toEqual([
      ISSUER,
      { "google.subject": "assertion.sub" },
      true,
    ]);
    // None listed: only the provider's own full name is taken, which the login action asks for.
    expect(inputs["oidc"].allowedAudiences ?? []).toEqual([]);
  });

  test("each account is taken by one environment of one repository", () => {
    const pool = stack.one("gcp:iam/workloadIdentityPool:WorkloadIdentityPool").outputs[
      "name"
    ] as string;
    const found = stack.of("gcp:serviceaccount/iAMMember:IAMMember").map(({ name, inputs }) => {
      const prefix = `principal://iam.googleapis.com/${pool}/subject/`;
      expect([inputs["role"], String(inputs["member"]).startsWith(prefix)]).toEqual([
        "roles/iam.workloadIdentityUser",
        true,
      ]);
      return [name.replace("portolan-ci-", ""), String(inputs["member"]).slice(prefix.length)];
    });
    expect(Object.fromEntries(found)).toEqual(SUBJECTS);
  });

  test("who plans has roles that look, and writes the lock alone", () => {
    expect(
      roles("prod-plan").filter(
        (role) => !/(viewer|Viewer|reader|secretAccessor|serviceUsageConsumer)$/.test(role),
      ),
    ).toEqual([]);
    const writing = stack
      .of("gcp:storage/bucketIAMMember:BucketIAMMember")
      .filter(({ inputs }) => inputs["role"] === "roles/storage.objectUser");
    const free = writing
      .filter(({ inputs }) => inputs["condition"] === undefined)
      .map(({ name }) => name);
    expect(free.sort()).toEqual([
      "portolan-ci-prod-apply-state",
      "portolan-ci-staging-apply-state",
    ]);
    for (const { inputs } of writing.filter(({ name }) => name.endsWith("-lock")))
      expect(inputs["condition"].expression).toMatch(
        /^resource\.name\.startsWith\("projects\/_\/buckets\/portolan-ci-.*\/objects\/\.pulumi\/locks\/"\)$/,
      );
  });

  test("nobody gets a role on everything", () => {
    for (const name of Object.keys(SUBJECTS))
      expect(
        roles(name).filter((role) =>
          /^roles\/(owner|editor|viewer)$|resourcemanager|iam\.securityAdmin/.test(role),
        ),
      ).toEqual([]);
  });

  test("a drill removes nothing but what it has restored", () => {
    const [restoring] = stack
      .of("gcp:projects/iAMMember:IAMMember")
      .filter(({ name }) => name === "portolan-ci-prod-drill-restore");
    expect(restoring?.inputs["condition"].expression).toBe(
      'resource.name.startsWith("projects/acme-shop/instances/portolan-drill-")',
    );
    const deleting = stack
      .of("gcp:projects/iAMCustomRole:IAMCustomRole")
      .filter(({ inputs }) =>
        (inputs["permissions"] as string[]).includes("cloudsql.instances.delete"),
      );
    expect(deleting.map(({ name }) => name).sort()).toEqual([
      "portolan-ci-prod-drill-restore",
      "portolan-ci-staging-drill-restore",
    ]);
  });

  test("the state is versioned, encrypted by the stack's own key, closed and kept", () => {
    expectKept(
      stack,
      "gcp:storage/bucket:Bucket",
      "gcp:kms/cryptoKey:CryptoKey",
      "gcp:kms/keyRing:KeyRing",
    );
    for (const { inputs } of stack.of("gcp:storage/bucket:Bucket")) {
      expect([
        inputs["versioning"].enabled,
        inputs["publicAccessPrevention"],
        inputs["uniformBucketLevelAccess"],
      ]).toEqual([true, "enforced", true]);
      expect(inputs["encryption"].defaultKmsKeyName).toMatch(/cryptoKeys\/pulumi$/);
    }
  });

  test("an old repository is named without numbers, and the numbers are not asked for", () => {
    succeed(
      sandbox(project, "config", "set", "portolan-ci:repository", "acme/shop", ...args("gcp")),
    );
    const { output } = succeed(
      sandbox(project, "preview", "--diff", "--no-policy", ...args("gcp")),
    );
    expect(output).toContain("subject/repo:acme/shop:environment:preview-prod");
    expect(output).not.toMatch(/=> .*repository_id/);
  });
});

test("gives every environment the variables that its workflows read, and no other", () => {
  const clouds = ["aws", "azure", "gcp"].map(
    (cloud) =>
      Deployed.export(project, cloud, "-C", path.join(project, FOLDER)).outputs[
        "environments"
      ] as Record<string, object>,
  );
  const given = (environment: string): string[] =>
    [...new Set(clouds.flatMap((each) => Object.keys(each[environment] ?? {})))].sort();
  const read = (workflow: string): string[] => {
    const text = fs.readFileSync(path.join(project, `.github/workflows/${workflow}.yml`), "utf8");
    return [...new Set([...text.matchAll(/vars\.(\w+)/g)].map(([, name = ""]) => name))].sort();
  };
  for (const workflow of ["preview", "drift"])
    expect(read(workflow)).toEqual(given("preview-prod"));
  for (const workflow of ["deploy", "rollback"]) expect(read(workflow)).toEqual(given("prod"));
  expect(read("restore-drill")).toEqual(given("restore-drill-staging"));
});

test.each<[string, string, string, RegExp]>([
  ["another cloud", "ibm", "acme/shop", /portolan-ci:cloud: "ibm" is not offered; use one of aws/],
  [
    "a pattern of repositories",
    "gcp",
    "acme/*",
    /portolan-ci:repository: "acme\/\*" is no repository; write owner@1\/name@2/,
  ],
  [
    "a subject that is too long",
    "gcp",
    `${"a".repeat(39)}/${"b".repeat(80)}`,
    /has \d+ characters, and Google takes 127/,
  ],
])("refuses %s", (_name, cloud, repository, sentence) => {
  const config = [`portolan-ci:cloud=${cloud}`, `portolan-ci:repository=${repository}`];
  const options = config.flatMap((each) => ["--config", each]);
  const run = sandbox(project, "preview", "--no-policy", ...options, ...args("gcp"));
  expect([run.status === 0, run.output]).toEqual([false, expect.stringMatching(sentence)]);
});
