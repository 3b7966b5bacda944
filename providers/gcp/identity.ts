import type * as pulumi from "@pulumi/pulumi";
import { SecretIamMember } from "@pulumi/gcp/secretmanager";
import { Account } from "@pulumi/gcp/serviceaccount";
import type { SecretAttachment } from "./attachments";
import { foundation } from "./foundation";
import { stackName } from "./names";
import type { Scope } from "./scope";
import { settings } from "./settings";

/** Who a workload is. */
export interface Identity {
  readonly account: Account;
  /** Known before the account exists, so that a preview can tell who is granted what. */
  readonly email: string;
}

/**
 * The identity of one workload. It gets no role on the project: images are pulled, secrets resolved
 * and logs written by the platform's own agents, so all it may need is to read its own secrets.
 */
export function workloadIdentity(scope: Scope): Identity {
  const { name, parent, environment } = scope;
  const { apis } = foundation(scope);
  const { project } = settings();
  const accountId = stackName(name, environment, 30);
  const account = new Account(
    `${name}-identity`,
    {
      project,
      accountId,
      displayName: `${name} of ${environment.system}, ${environment.stack}`,
    },
    { parent, dependsOn: [apis.iam] },
  );
  return { account, email: `${accountId}@${accountDomain(project)}` };
}

/** `example.com:web` is `web.example.com` in the address of its accounts. */
export function accountDomain(project: string): string {
  const [domain = "", id] = project.split(":");
  return `${id === undefined ? domain : `${id}.${domain}`}.iam.gserviceaccount.com`;
}

/** How grants name an identity. */
export const memberOf = ({ email }: Identity): string => `serviceAccount:${email}`;

/** Lets an identity read one secret. */
export function grantSecret(
  scope: Scope,
  secretName: string,
  secret: SecretAttachment,
  identity: Identity,
): pulumi.Resource {
  return new SecretIamMember(
    `${scope.name}-reads-${secretName}`,
    {
      secretId: secret.resource,
      role: "roles/secretmanager.secretAccessor",
      member: memberOf(identity),
    },
    {
      parent: scope.parent,
      dependsOn: [foundation(scope).apis.secretmanager, identity.account],
    },
  );
}
