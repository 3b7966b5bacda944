import type * as pulumi from "@pulumi/pulumi";
import { SecretIamMember } from "@pulumi/gcp/secretmanager";
import { Account } from "@pulumi/gcp/serviceaccount";
import type { SecretAttachment } from "./attachments";
import { foundation } from "./foundation";
import { stackName } from "./names";
import type { Scope } from "./scope";
import { settings } from "./settings";

/**
 * The identity of one workload. It gets no role on the project: images are pulled, secrets resolved
 * and logs written by the platform's own agents, so all it may need is to read its own secrets.
 */
export function workloadIdentity(scope: Scope): Account {
  const { name, parent, environment } = scope;
  const { apis } = foundation(scope);
  return new Account(
    `${name}-identity`,
    {
      project: settings().project,
      accountId: stackName(name, environment, 30),
      displayName: `${name} of ${environment.system}, ${environment.stack}`,
    },
    { parent, dependsOn: [apis.iam] },
  );
}

/** Lets an identity read one secret. */
export function grantSecret(
  scope: Scope,
  secretName: string,
  secret: SecretAttachment,
  identity: Account,
): pulumi.Resource {
  return new SecretIamMember(
    `${scope.name}-reads-${secretName}`,
    {
      secretId: secret.resource,
      role: "roles/secretmanager.secretAccessor",
      member: identity.member,
    },
    { parent: scope.parent, dependsOn: [foundation(scope).apis.secretmanager] },
  );
}
