import { Secret } from "@pulumi/aws/secretsmanager/secret";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion";
import * as pulumi from "@pulumi/pulumi";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  SecretBundleBuilder,
  SecretBundleLinks,
  SecretBundleOutputs,
  SecretBundleSpec,
  SecretRef,
} from "../../components/secret-bundle";
import type { SecretAttachment } from "./attachments";
import { customerKey } from "./keys";
import { PROFILES } from "./profile";
import { folder, scopeOf, type Scope } from "./scope";

type Resolved = Required<SecretBundleSpec>;

const describe: Parity<SecretBundleSpec> = {
  entries:
    "one secret per entry in Secrets Manager, injected by ECS at start; existing ones by ARN",
  customerKey: "KMS key of the stack with yearly rotation; otherwise AWS's own key",
};

const ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+-[A-Za-z0-9]{6}$/;

function resolve(
  spec: SecretBundleSpec,
  { environment, path, problems }: ResolveContext,
): Resolved {
  for (const [entry, source] of Object.entries(spec.entries)) {
    if (source.kind === "existing" && !ARN.test(source.id)) {
      problems.add(
        `${path}.${entry}`,
        `"${source.id}" is no full ARN of a secret; give the one Secrets Manager shows, ` +
          "with its six random characters at the end",
      );
    }
  }
  const { customerKeys } = PROFILES[environment.profile];
  return { entries: spec.entries, customerKey: spec.customerKey ?? customerKeys };
}

function build(request: BuildRequest<Resolved, SecretBundleLinks>): SecretBundleOutputs {
  const scope = scopeOf(request);
  const { spec, links } = request;
  const key = spec.customerKey ? customerKey(scope, "key", "Secrets of the stack") : undefined;
  const refs: Record<string, SecretRef> = {};
  for (const [entry, source] of Object.entries(spec.entries)) {
    if (source.kind === "existing") {
      const arn = pulumi.output(source.id);
      refs[entry] = refOf(entry, { cloud: "aws", arn, foreign: true, ready: [] });
      continue;
    }
    const secret = stored(scope, entry, key?.arn);
    const value = links.values[entry];
    if (value === undefined) throw new Error(`the secret "${entry}" has no value`);
    const version = new SecretVersion(
      `${scope.name}-${entry}`,
      { secretId: secret.id, secretString: value },
      scope.child,
    );
    refs[entry] = refOf(entry, {
      cloud: "aws",
      arn: secret.arn,
      ...(key ? { keyArn: key.arn } : {}),
      foreign: false,
      value: pulumi.secret(value),
      ready: [version],
    });
  }
  return { refs };
}

/**
 * A deleted secret keeps its name until the recovery window ends. A stack that comes and goes
 * therefore deletes at once, and a protected one gets another random name each time.
 */
export function stored(scope: Scope, entry: string, kmsKeyId?: pulumi.Output<string>): Secret {
  const { environment, child, tags } = scope;
  const prefix = `${folder(environment)}/${entry}`;
  return new Secret(
    `${scope.name}-${entry}`,
    {
      ...(environment.protected
        ? { namePrefix: `${prefix}-`, recoveryWindowInDays: 30 }
        : { name: prefix, recoveryWindowInDays: 0 }),
      ...(kmsKeyId ? { kmsKeyId } : {}),
      tags,
    },
    child,
  );
}

const refOf = (name: string, attachment: SecretAttachment): SecretRef => ({ name, attachment });

export const secretBundle: SecretBundleBuilder = builder({
  cloud: "aws",
  describe,
  resolve,
  build,
});
