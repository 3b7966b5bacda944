import { CloudError } from "../lib/table";
import type { Draft } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";

const SECRET = "gcp:secretmanager/secret:Secret";
const VERSION = "gcp:secretmanager/secretVersion:SecretVersion";
const GRANT = "gcp:secretmanager/secretIamMember:SecretIamMember";

/**
 * A revision starts only when its account may read every secret it names, and when the versions are
 * there. Neither is visible in the template: it names the secret alone.
 */
export function refuseUnreadableSecrets(draft: Draft, template: Plain): void {
  const account = String(
    template?.serviceAccount ?? `${draft.place.number}-compute@developer.gserviceaccount.com`,
  );
  for (const { secret, version } of referred(template)) {
    // A full name may stand for something outside this cloud.
    const known = draft.cloud.find(SECRET, secret) ?? draft.cloud.find(SECRET, secret, "secretId");
    if (known === undefined) {
      if (secret.startsWith("projects/")) continue;
      throw new CloudError(
        `googleapi: Error 400: Secret ${nameOf(draft, secret, version)} was not found`,
      );
    }
    const has = draft.cloud.all(VERSION).some(({ outputs }) => {
      const made = plain(outputs) as Plain;
      return made.secret === known.id && (version === "latest" || String(made.version) === version);
    });
    if (!has) {
      throw new CloudError(
        `googleapi: Error 400: Secret ${nameOf(draft, secret, version)} was not found`,
      );
    }
    if (!mayRead(draft, known.id, secret, account)) {
      throw new CloudError(
        `Revision is not ready and cannot serve traffic. Permission denied on secret: ` +
          `${nameOf(draft, secret, version)} for Revision service account ${account}. The service account used ` +
          `must be granted the 'Secret Manager Secret Accessor' role (roles/secretmanager.secretAccessor) at the ` +
          `secret, project or higher level.`,
      );
    }
  }
}

function mayRead(draft: Draft, id: string, secret: string, account: string): boolean {
  return draft.cloud.all(GRANT).some(({ outputs }) => {
    const grant = plain(outputs) as Plain;
    return (
      [id, secret].includes(grant.secretId) &&
      grant.member === `serviceAccount:${account}` &&
      /secretmanager\.(secretAccessor|admin)$/.test(String(grant.role))
    );
  });
}

const nameOf = ({ place }: Draft, secret: string, version: string): string =>
  `projects/${place.number}/secrets/${secret.split("/").at(-1)}/versions/${version}`;

function referred(template: Plain): { secret: string; version: string }[] {
  const containers = (template?.containers ?? []) as Plain[];
  const volumes = (template?.volumes ?? []) as Plain[];
  const variables = containers.flatMap(({ envs }) => (envs ?? []) as Plain[]);
  return [
    ...variables.map(({ valueSource }) => valueSource?.secretKeyRef),
    ...volumes.flatMap(({ secret }) =>
      secret === undefined
        ? []
        : ((secret.items ?? [{}]) as Plain[]).map(({ version }) => ({
            secret: secret.secret,
            version,
          })),
    ),
  ]
    .filter((reference) => reference?.secret !== undefined)
    .map(({ secret, version }) => ({
      secret: String(secret),
      version: String(version ?? "latest"),
    }));
}
