import { succeed, type Deployed } from "../support/deployed";
import { Bootstrap, expectKept, ISSUER, SUBJECTS, expectVariables } from "./support";

const bootstrap = new Bootstrap("gcp");
let stack: Deployed;
beforeAll(() => (stack = bootstrap.deploy()));
afterAll(() => bootstrap.remove());
const roles = (name: string): string[] =>
  stack
    .of("gcp:projects/iAMMember:IAMMember")
    .filter((each) => each.name.startsWith(`portolan-ci-${name}-`))
    .map(({ inputs }) => inputs["role"] as string);

test("a second update changes nothing", () => expect(bootstrap.update()).toEqual([]));

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
  expect(free.sort()).toEqual(["portolan-ci-prod-apply-state", "portolan-ci-staging-apply-state"]);
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
  succeed(bootstrap.run("config", "set", "portolan-ci:repository", "acme/shop"));
  const { output } = succeed(bootstrap.run("preview", "--diff", "--no-policy"));
  expect(output).toContain("subject/repo:acme/shop:environment:preview-prod");
  expect(output).not.toMatch(/=> .*repository_id/);
});

test("every environment gets the variables that its workflows read, and no other", () =>
  expectVariables(stack, "GCP_"));
