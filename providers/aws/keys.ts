import { Alias } from "@pulumi/aws/kms/alias";
import { Key } from "@pulumi/aws/kms/key";
import { physicalName, type Scope } from "./scope";

interface KeyStatement {
  readonly service: string;
  readonly actions: readonly string[];
}

interface KeyOptions {
  /** AWS services that use the key themselves. */
  readonly services?: readonly KeyStatement[];
  /** Outlives the stack, as what it encrypts does. */
  readonly retained?: boolean;
}

/**
 * A key of the stack, rotated every year. The account keeps the right to administer it, without
 * which nobody could ever change its policy.
 */
export function customerKey(
  scope: Scope,
  role: string,
  description: string,
  { services = [], retained = false }: KeyOptions = {},
): Key {
  const { partition, accountId, environment, child, tags } = scope;
  const key = new Key(
    `${scope.name}-${role}`,
    {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: environment.protected ? 30 : 7,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Account",
            Effect: "Allow",
            Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          ...services.map(({ service, actions }) => ({
            Effect: "Allow",
            Principal: { Service: service },
            Action: actions,
            Resource: "*",
          })),
        ],
      }),
      tags,
    },
    {
      ...child,
      protect: environment.protected,
      ...(retained ? { retainOnDelete: true } : {}),
    },
  );
  new Alias(
    `${scope.name}-${role}`,
    {
      name: `alias/${physicalName(environment, `${scope.name}-${role}`, 200)}`,
      targetKeyId: key.id,
    },
    child,
  );
  return key;
}
