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

/**
 * Daily dumps, encrypted to a public key. The private key is in the stack's state alone, so that
 * who takes the host does not have the backups. Returns the volume they are in.
 */
export function buildBackup(
  name: string,
  source: Source,
  keeper: Keeper,
  environment: Environment,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { backupAt, helperMemoryMiB } = PROFILES[environment.profile];
  const keep = { protect: environment.protected };
  // Lost key, lost backups: it outlives mistakes as long as they do.
  const key = new PrivateKey(`${name}-backup-key`, { algorithm: "ED25519" }, { parent, ...keep });
  const volume = sharedVolume(`${name}-backups`, keeper, environment, parent, {
    ...keep,
    retainOnDelete: environment.protected,
  });
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
          name: `${name}-backup`,
          component: name,
          image: source.image,
          user: POSTGRES_USER,
          cpu: 0.5,
          memoryMiB: helperMemoryMiB,
          scratch: ["/tmp"],
          graceSeconds: 30,
          files: files.version,
          fixed: keeper.identity,
        },
        environment,
      ),
      entrypoints: [KEEPER, "run"],
      command: [KEEPER, "backup"],
      envs: [
        `BACKUP_AT=${backupAt}`,
        `BACKUP_DAYS=${source.spec.backupDays}`,
        key.publicKeyOpenssh.apply((text) => `BACKUP_RECIPIENT=${text.trim()}`),
        `PGDATABASE=${source.spec.database}`,
        source.host.apply((host) => `PGHOST=${host}`),
        "PGSSLMODE=verify-full",
        `PGSSLROOTCERT=${FILES}/ca.pem`,
        `PGUSER=${source.admin}`,
      ],
      init: true,
      networksAdvanced: [{ name: source.clients.name }],
      volumes: [keeper.mount, files.mount, { volumeName: volume, containerPath: "/backups" }],
    },
    { parent, deleteBeforeReplace: true },
  );
  return volume;
}
