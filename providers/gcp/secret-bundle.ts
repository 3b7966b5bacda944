import * as pulumi from "@pulumi/pulumi";
import { Secret, SecretVersion } from "@pulumi/gcp/secretmanager";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  SecretBundleLinks,
  SecretBundleOutputs,
  SecretBundleSpec,
  SecretRef,
} from "../../components/secret-bundle";
import type { SecretAttachment } from "./attachments";
import { agentOf, customerKey, type CustomerKey } from "./customer-key";
import { foundation } from "./foundation";
import { labels } from "./labels";
import { stackName } from "./names";
import { PROFILE } from "./profile";
import type { Scope } from "./scope";
import { settings } from "./settings";

interface ResolvedBundle {
  readonly entries: SecretBundleSpec["entries"];
  readonly customerKey: boolean;
}

const EXISTING =
  /^(projects\/[^/]+\/secrets\/[A-Za-z0-9_-]{1,255})(?:\/versions\/([0-9]+|latest))?$/;

const describe: Parity<SecretBundleSpec> = {
  entries:
    "one Secret Manager secret per entry, kept in the stack's region; a new value is a new numbered version and a new revision. Earlier versions stay enabled, so that an earlier revision can serve again",
  customerKey: "a Cloud KMS key in the region, granted to Secret Manager's service agent first",
};

function resolveBundle(
  spec: SecretBundleSpec,
  { path, problems, environment }: ResolveContext,
): ResolvedBundle {
  for (const [entry, source] of Object.entries(spec.entries)) {
    const at = `${path}.entries.${entry}`;
    if (source.kind === "existing" && !EXISTING.test(source.id)) {
      problems.add(
        `${at}.id`,
        `"${source.id}" is no secret; write it like projects/my-project/secrets/my-secret`,
      );
    }
    if (source.kind === "generated" && source.bytes < 16) {
      problems.add(`${at}.bytes`, `${source.bytes} random bytes can be guessed; give at least 16`);
    }
    if (source.kind === "generated" && source.rotation === "never" && source.generation) {
      problems.add(`${at}.generation`, "this secret must never change; remove the label");
    }
  }
  return {
    entries: spec.entries,
    customerKey: spec.customerKey ?? PROFILE[environment.profile].secretsCustomerKey,
  };
}

function buildBundle(
  request: BuildRequest<ResolvedBundle, SecretBundleLinks>,
): SecretBundleOutputs {
  const { spec, links } = request;
  const key = spec.customerKey
    ? customerKey(request, agentOf(request, "secretmanager"))
    : undefined;
  const refs: Record<string, SecretRef> = {};
  for (const [entry, source] of Object.entries(spec.entries)) {
    const value = links.values[entry];
    const attachment =
      source.kind === "existing"
        ? existingSecret(source.id)
        : storeSecret(request, entry, value, { key });
    refs[entry] = { name: entry, attachment };
  }
  return { refs };
}

/** Nothing is made: the entry and its versions are somebody else's. */
function existingSecret(id: string): SecretAttachment {
  const [, resource = id, version = "latest"] = EXISTING.exec(id) ?? [];
  return {
    cloud: "gcp",
    kind: "secret",
    resource: pulumi.output(resource),
    secret: pulumi.output(resource),
    version: pulumi.output(version),
    ready: [],
  };
}

/** A value in Secret Manager. Also used for files that only secret volumes can deliver. */
export function storeSecret(
  scope: Scope,
  entry: string,
  value: pulumi.Input<string> | undefined,
  { key, id = entry }: { key?: CustomerKey | undefined; id?: string } = {},
): SecretAttachment {
  const { name, parent, environment } = scope;
  const { project, region } = settings();
  const { apis } = foundation(scope);
  if (value === undefined) throw new Error(`there is no value for the secret "${entry}"`);
  const secret = new Secret(
    `${name}-${entry}`,
    {
      project,
      secretId: stackName(id, environment, 255),
      replication: {
        userManaged: {
          replicas: [
            {
              location: region,
              ...(key ? { customerManagedEncryption: { kmsKeyName: key.id } } : {}),
            },
          ],
        },
      },
      deletionProtection: environment.protected,
      labels: labels(environment, name),
    },
    { parent, dependsOn: [apis.secretmanager, ...(key ? [key.granted] : [])] },
  );
  const version = new SecretVersion(
    `${name}-${entry}-value`,
    {
      secret: secret.id,
      secretData: pulumi.secret(value),
      // Revisions name their version by number; a destroyed one would keep them from starting.
      deletionPolicy: "ABANDON",
    },
    { parent },
  );
  return {
    cloud: "gcp",
    kind: "secret",
    resource: secret.id,
    secret: secret.secretId,
    version: version.version,
    ready: [version],
  };
}

export const secretBundle = builder({
  cloud: "gcp",
  describe,
  resolve: resolveBundle,
  build: buildBundle,
});
