import { WorkloadIdentityPool } from "@pulumi/gcp/iam/workloadIdentityPool";
import { WorkloadIdentityPoolProvider } from "@pulumi/gcp/iam/workloadIdentityPoolProvider";
import { CryptoKeyIAMMember } from "@pulumi/gcp/kms/cryptoKeyIAMMember";
import { IAMCustomRole } from "@pulumi/gcp/projects/iamcustomRole";
import { IAMMember as ProjectIAMMember } from "@pulumi/gcp/projects/iammember";
import { Account } from "@pulumi/gcp/serviceaccount/account";
import { IAMMember as AccountIAMMember } from "@pulumi/gcp/serviceaccount/iammember";
import { BucketIAMMember } from "@pulumi/gcp/storage/bucketIAMMember";
import * as pulumi from "@pulumi/pulumi";
import { forEachPurpose, type StackAccess } from "./access";
import { DRILL_LOOK, DRILL_OWN, DRILL_PREFIX, PROJECT_ROLES } from "./gcp-rights";
import { stateOf, type GcpPlace, type StackState } from "./gcp-state";
import { ISSUER, subjectOf, type Purpose } from "./github";
import type { Settings } from "./settings";

export function access({ repository, stacks }: Settings): Map<string, StackAccess> {
  const place = placeOf();
  const { pool, provider } = trust(repository);
  return new Map(
    stacks.map((stack) => [stack, stackAccess(stack, repository, place, pool, provider)]),
  );
}

/** Tokens of other repositories are refused at the door; the audience is the provider's own name, by default. */
function trust(repository: string) {
  const pool = new WorkloadIdentityPool(
    "github",
    { workloadIdentityPoolId: "portolan-github", displayName: "GitHub workflows" },
    { protect: true },
  );
  const [owner = "", name = ""] = repository.split("/").map((each) => each.split("@")[0] ?? "");
  const numbers = repository.match(/@\d+/g)?.map((each) => each.slice(1)) ?? [];
  const conditions = [
    `assertion.repository == "${owner}/${name}"`,
    ...(numbers.length === 2
      ? [
          `assertion.repository_owner_id == "${numbers[0]}"`,
          `assertion.repository_id == "${numbers[1]}"`,
        ]
      : []),
  ];
  const provider = new WorkloadIdentityPoolProvider(
    "github",
    {
      workloadIdentityPoolId: pool.workloadIdentityPoolId,
      workloadIdentityPoolProviderId: "github",
      attributeMapping: { "google.subject": "assertion.sub" },
      attributeCondition: conditions.join(" && "),
      oidc: { issuerUri: ISSUER },
    },
    { protect: true },
  );
  return { pool, provider };
}

function stackAccess(
  stack: string,
  repository: string,
  place: GcpPlace,
  pool: WorkloadIdentityPool,
  provider: WorkloadIdentityPoolProvider,
): StackAccess {
  const state = stateOf(stack, place);
  const variables = (purpose: Purpose) => {
    const account = new Account(`portolan-ci-${stack}-${purpose}`, {
      accountId: `ci-${stack}-${purpose}`,
      displayName: `GitHub workflows: ${purpose} ${stack}`,
    });
    new AccountIAMMember(`portolan-ci-${stack}-${purpose}`, {
      serviceAccountId: account.name,
      role: "roles/iam.workloadIdentityUser",
      member: pulumi.interpolate`principal://iam.googleapis.com/${pool.name}/subject/${subjectOf(repository, purpose, stack)}`,
    });
    grant(purpose, stack, account, state, place);
    return {
      [`GCP_${purpose.toUpperCase()}_SERVICE_ACCOUNT`]: account.email,
      GCP_WORKLOAD_IDENTITY_PROVIDER: provider.name,
      PULUMI_BACKEND_URL: pulumi.interpolate`gs://${state.bucket.name}`,
    };
  };
  return {
    variables: forEachPurpose(variables),
    secretsProvider: pulumi.interpolate`gcpkms://${state.key.id}`,
  };
}

function grant(
  purpose: Purpose,
  stack: string,
  { member }: Account,
  { bucket, key }: StackState,
  { project }: GcpPlace,
): void {
  const name = `portolan-ci-${stack}-${purpose}`;
  new CryptoKeyIAMMember(`${name}-key`, {
    cryptoKeyId: key.id,
    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    member,
  });
  const onState = (suffix: string, role: string, prefix?: string): void => {
    new BucketIAMMember(`${name}-${suffix}`, {
      bucket: bucket.name,
      role,
      member,
      ...(prefix === undefined
        ? {}
        : {
            condition: startsWith(
              pulumi.interpolate`projects/_/buckets/${bucket.name}/objects/${prefix}`,
            ),
          }),
    });
  };
  if (purpose === "apply") onState("state", "roles/storage.objectUser");
  else {
    onState("state", "roles/storage.objectViewer");
    // A refresh that only looks takes the stack's lock, too.
    onState("lock", "roles/storage.objectUser", ".pulumi/locks/");
  }
  const onProject = (key: string, role: pulumi.Input<string>, prefix?: string): void => {
    new ProjectIAMMember(`${name}-${key}`, {
      project,
      role,
      member,
      ...(prefix === undefined ? {} : { condition: startsWith(prefix) }),
    });
  };
  for (const role of PROJECT_ROLES[purpose]) onProject(role, `roles/${role}`);
  if (purpose !== "drill") return;
  const own = (key: string, permissions: readonly string[]): IAMCustomRole =>
    new IAMCustomRole(`${name}-${key}`, {
      project,
      roleId: `portolanCi_${stack.replaceAll("-", "_")}_${key}`,
      title: `Restore drill of ${stack}: ${key}`,
      permissions: [...permissions],
    });
  onProject("look", own("look", DRILL_LOOK).name);
  onProject(
    "restore",
    own("restore", DRILL_OWN).name,
    `projects/${project}/instances/${DRILL_PREFIX}`,
  );
}

const startsWith = (prefix: pulumi.Input<string>) => ({
  title: "by-name",
  expression: pulumi.interpolate`resource.name.startsWith("${prefix}")`,
});

function placeOf(): GcpPlace {
  const config = new pulumi.Config("gcp");
  return { project: config.require("project"), region: config.require("region") };
}
