import { Container } from "@pulumi/docker/container";
import { Volume } from "@pulumi/docker/volume";
import * as pulumi from "@pulumi/pulumi";
import { RandomBytes } from "@pulumi/random/randomBytes";
import { attachmentOf } from "../../components/attachment";
import { builder, type Parity, type ResolveContext } from "../../components/builder";
import type { ManagedPostgresLinks, ManagedPostgresSpec } from "../../components/managed-postgres";
import type { NetworkAttachment, PostgresAttachment } from "./attachments";
import { buildBackup } from "./backup";
import { serverCertificate } from "./certificates";
import { deliver } from "./files";
import { hardened } from "./hardened";
import { FILES } from "./keeper";
import { hostName, labels } from "./names";
import { imageByReference } from "./own-image";
import { hostRules, isFixed, postgresCommand } from "./postgres-config";
import { hostNetwork } from "./private-network";
import { warn } from "./shortfall";
import { POSTGRES_EXTENSIONS, POSTGRES_IMAGES, POSTGRES_USER } from "./sizes";

const describe: Parity<ManagedPostgresSpec> = {
  version:
    "official Alpine image of a pinned minor version; a new major version is refused by the data",
  database: "made at the first start",
  cpu: "`cpus` of the container",
  memoryMiB: "`memory` of the container; shared_buffers is a quarter of it",
  storageGiB: "a named volume on the host's disk, which has no quota; the alarm watches the disk",
  maxStorageGiB: "the volume grows as far as the host's disk",
  highAvailability: "accepted with a warning: one host has no standby",
  backupDays:
    "a dump every day, encrypted to a key whose private half is only in the state, kept so many " +
    "days; no point-in-time recovery: up to 24 hours are lost with the volume",
  geoRedundantBackup: { unsupported: "dumps stay on the host; copy the backup volume elsewhere" },
  customerKey: "accepted with a warning: encrypt the host's disk; dumps are encrypted in any case",
  extensions: "those of PostgreSQL's contrib modules, which the image brings",
  parameters: "arguments of the server; a change restarts it",
  logDays: "json-file, rotated by size as the profile says",
  containerName: "the container's whole name on the host; at most one stack per host can have it",
};

/** The image's administrator; a superuser, used by the bootstrap job and by backups. */
const ADMIN = "postgres";
const PORT = 5432;

function resolve(spec: ManagedPostgresSpec, { path, problems }: ResolveContext) {
  if (!(spec.version in POSTGRES_IMAGES)) {
    const known = Object.keys(POSTGRES_IMAGES).join(", ");
    problems.add(`${path}.version`, `"${spec.version}" is not offered; use one of ${known}`);
  }
  for (const extension of spec.extensions ?? []) {
    if (POSTGRES_EXTENSIONS.has(extension)) continue;
    problems.add(
      `${path}.extensions`,
      `"${extension}" is not in the official image; remove it or use another target`,
    );
  }
  const wishes = Object.entries(spec.parameters ?? {});
  for (const [parameter] of wishes.filter(([name, value]) => isFixed(name, value))) {
    problems.add(`${path}.parameters.${parameter}`, "is set by the platform; remove it");
  }
  return spec;
}

export const managedPostgres = builder({
  cloud: "docker",
  describe,
  resolve,
  build: ({ name, spec, links, parent, environment }) => {
    const { network, siem } = links as ManagedPostgresLinks;
    const host = attachmentOf<NetworkAttachment>(network.attachment, "docker");
    if (spec.highAvailability) warn(parent, `${name}.highAvailability`, "one host has no standby");
    if (spec.customerKey) {
      warn(parent, `${name}.customerKey`, "volumes are as encrypted as the host's disk is");
    }
    const clients = hostNetwork(name, "internal", host.subnets, environment, parent);
    const reference =
      host.settings.images[`postgres-${spec.version}`] ?? POSTGRES_IMAGES[spec.version] ?? "";
    const { image } = imageByReference(`${name}-image`, reference, parent);
    const certificate = serverCertificate(name, name, parent);
    const password = new RandomBytes(`${name}-admin-password`, { length: 24 }, { parent }).hex;
    const files = deliver(
      name,
      {
        "admin-password": password,
        "server.crt": certificate.certificatePem,
        "server.key": certificate.keyPem,
        "pg_hba.conf": hostRules(clients.subnet),
      },
      image,
      environment,
      parent,
    );
    const data = new Volume(
      `${name}-data`,
      { name: hostName(environment, `${name}-data`), labels: labels(environment, name) },
      { parent, protect: environment.protected, retainOnDelete: environment.protected },
    );
    const server = new Container(
      `${name}-server`,
      {
        ...hardened(
          {
            name,
            component: name,
            ...(spec.containerName === undefined ? {} : { exactName: spec.containerName }),
            image,
            user: POSTGRES_USER,
            cpu: spec.cpu,
            memoryMiB: spec.memoryMiB,
            scratch: ["/tmp", "/var/run/postgresql"],
            graceSeconds: 60,
            files: files.version,
            ...(siem ? { siem } : {}),
          },
          environment,
        ),
        command: postgresCommand(spec),
        // Names of files and of the database, no secret. The password counts at the first start only.
        envs: [
          `POSTGRES_DB=${spec.database}`,
          "POSTGRES_INITDB_ARGS=--auth-local=scram-sha-256 --auth-host=scram-sha-256 --data-checksums",
          `POSTGRES_PASSWORD_FILE=${FILES}/admin-password`,
          `POSTGRES_USER=${ADMIN}`,
        ],
        shmSize: 256,
        networksAdvanced: [{ name: clients.name, aliases: [name] }],
        volumes: [
          { volumeName: data.name, containerPath: "/var/lib/postgresql/data" },
          files.mount,
        ],
        healthcheck: {
          // Over TCP: while the first start fills the database, the server listens on its socket only.
          tests: ["CMD", "pg_isready", "-h", "127.0.0.1", "-U", ADMIN, "-d", spec.database],
          interval: "5s",
          timeout: "4s",
          retries: 6,
          startPeriod: "60s",
        },
        wait: true,
        waitTimeout: 180,
      },
      { parent, deleteBeforeReplace: true },
    );
    const ready = pulumi.all([server.id]).apply(() => name);
    const backups = buildBackup(
      name,
      { spec, image, clients, password, caPem: certificate.caPem, admin: ADMIN, host: ready },
      host.keeper,
      environment,
      parent,
    );
    const attachment: PostgresAttachment = { cloud: "docker", network: clients, backups };
    return {
      host: ready,
      port: PORT,
      adminUser: pulumi.output(ADMIN),
      adminPassword: pulumi.secret(password),
      caPem: certificate.caPem,
      endpoint: { name, port: PORT, caPem: certificate.caPem, attachment },
      attachment,
    };
  },
});
