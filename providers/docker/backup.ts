import { Container } from "@pulumi/docker/container";
import type * as pulumi from "@pulumi/pulumi";
import { PrivateKey } from "@pulumi/tls/privateKey";
import type { Environment } from "../../components/cloud";
import type { ManagedPostgresSpec } from "../../components/managed-postgres";
import type { HostNetwork } from "./attachments";
import { deliver } from "./files";
import { hardened } from "./hardened";
import { FILES, KEEPER, sharedVolume, type Keeper } from "./keeper";
import { PROFILES } from "./profile";
import { POSTGRES_USER } from "./sizes";

interface Source {
  readonly spec: ManagedPostgresSpec;
  readonly image: pulumi.Output<string>;
  readonly clients: HostNetwork;
  readonly admin: string;
  readonly password: pulumi.Output<string>;
  readonly caPem: pulumi.Output<string>;
  /** Host name of the server, known when it is ready. */
  readonly host: pulumi.Output<string>;
}

/** A folder of volumes, and what copies it. */
export interface FolderSource {
  readonly image: pulumi.Input<string>;
  /** `uid:gid`. */
  readonly user: string;
  /** Path → volume. */
  readonly volumes: Readonly<Record<string, pulumi.Input<string>>>;
  /** Prints the copy. */
  readonly program: readonly string[];
  /** How many or how old: `BACKUP_KEEP=7` or `BACKUP_DAYS=30`. */
  readonly keep: string;
}

/**
 * Where dumps go, encrypted to a public key. The private key is in the stack's state alone, so that
 * who takes the host does not have the backups.
 */
export interface Safe {
  readonly volume: pulumi.Output<string>;
  /** `BACKUP_RECIPIENT=…` */
  readonly recipient: pulumi.Output<string>;
}

export function buildSafe(
  name: string,
  keeper: Keeper,
  environment: Environment,
  parent: pulumi.Resource,
): Safe {
  const keep = { protect: environment.protected };
  // Lost key, lost backups: it outlives mistakes as long as they do.
  const key = new PrivateKey(`${name}-backup-key`, { algorithm: "ED25519" }, { parent, ...keep });
  const volume = sharedVolume(`${name}-backups`, keeper, environment, parent, {
    ...keep,
    retainOnDelete: environment.protected,
  });
  const recipient = key.publicKeyOpenssh.apply((text) => `BACKUP_RECIPIENT=${text.trim()}`);
  return { volume, recipient };
}

/** Daily dumps of a database. Returns the volume they are in. */
export function buildBackup(
  name: string,
  source: Source,
  keeper: Keeper,
  environment: Environment,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const safe = buildSafe(name, keeper, environment, parent);
  const files = deliver(
    `${name}-backup`,
    { "env/PGPASSWORD": source.password, "ca.pem": source.caPem },
    source.image,
    environment,
    parent,
  );
  new Container(
    `${name}-backup`,
    {
      ...hardened(
        {
          ...helper(name, source.image, POSTGRES_USER, environment),
          files: files.version,
          fixed: keeper.identity,
        },
        environment,
      ),
      entrypoints: [KEEPER, "run"],
      command: [KEEPER, "backup"],
      envs: [
        `BACKUP_AT=${PROFILES[environment.profile].backupAt}`,
        `BACKUP_DAYS=${source.spec.backupDays}`,
        safe.recipient,
        `PGDATABASE=${source.spec.database}`,
        source.host.apply((host) => `PGHOST=${host}`),
        "PGSSLMODE=verify-full",
        `PGSSLROOTCERT=${FILES}/ca.pem`,
        `PGUSER=${source.admin}`,
      ],
      init: true,
      networksAdvanced: [{ name: source.clients.name }],
      volumes: [keeper.mount, files.mount, { volumeName: safe.volume, containerPath: "/backups" }],
    },
    { parent, deleteBeforeReplace: true },
  );
  return safe.volume;
}

const helper = (
  name: string,
  image: pulumi.Input<string>,
  user: string,
  { profile }: Environment,
) => ({
  name: `${name}-backup`,
  component: name,
  image,
  user,
  cpu: 0.5,
  memoryMiB: PROFILES[profile].helperMemoryMiB,
  scratch: ["/tmp"],
  graceSeconds: 30,
});

/** Arguments of a container that copies folders every day, or with `now` once. No network. */
export function folderBackup(
  name: string,
  source: FolderSource,
  safe: Safe,
  keeper: Keeper,
  environment: Environment,
  now?: { readonly name: string; readonly revision: string },
) {
  const { image, user, program } = source;
  return {
    ...hardened(
      {
        ...helper(name, image, user, environment),
        ...(now ? { name: now.name } : {}),
        fixed: [keeper.identity, program, now?.revision],
      },
      environment,
    ),
    entrypoints: [KEEPER, "run"],
    command: [KEEPER, "backup", ...(now ? ["now"] : []), "--", ...program],
    envs: [
      `BACKUP_AT=${PROFILES[environment.profile].backupAt}`,
      source.keep,
      `BACKUP_OF=${Object.keys(source.volumes)[0] ?? ""}`,
      safe.recipient,
    ],
    init: true,
    networkMode: "none",
    volumes: [
      keeper.mount,
      ...Object.entries(source.volumes).map(([containerPath, volumeName]) => ({
        volumeName,
        containerPath,
        // SQLite's own backup may have to write beside the database that it reads.
        readOnly: false,
      })),
      { volumeName: safe.volume, containerPath: "/backups" },
    ],
  };
}
