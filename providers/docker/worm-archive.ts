import { Container } from "@pulumi/docker/container";
import * as pulumi from "@pulumi/pulumi";
import { RandomBytes } from "@pulumi/random/randomBytes";
import { attachmentOf } from "../../components/attachment";
import { builder, type Parity } from "../../components/builder";
import type { WormArchiveLinks, WormArchiveSpec } from "../../components/worm-archive";
import type { ArchiveAttachment, NetworkAttachment } from "./attachments";
import { serverCertificate } from "./certificates";
import { deliver } from "./files";
import { hardened } from "./hardened";
import { FILES, KEEPER, sharedVolume } from "./keeper";
import { imageByReference } from "./own-image";
import { hostNetwork } from "./private-network";
import { warn } from "./shortfall";
import { STORE_IMAGES } from "./sizes";
import { lockBucket } from "./worm-bucket";

const describe: Parity<WormArchiveSpec> = {
  retentionDays: "default retention of a MinIO bucket with object lock",
  mode: "COMPLIANCE or GOVERNANCE of the object lock; whoever is root of the host can still remove its disk",
  writers:
    "`workloads` through the S3 API, with a key pair that can neither delete nor shorten; `logs` is refused",
  coolAfterDays: "accepted: one disk is one class",
  coldAfterDays: "accepted: one disk is one class",
  accessLogDays: "accepted with a warning: MinIO keeps no record of reads by itself",
};

const PORT = 9000;
/** The name that S3 clients want to hear where there are no regions. */
const REGION = "us-east-1";
const USER = "10001:10001";

export const wormArchive = builder({
  cloud: "docker",
  describe,
  resolve: (spec: WormArchiveSpec, { path, problems }) => {
    if (spec.writers === "logs") {
      problems.add(
        `${path}.writers`,
        "logs of a host cannot be locked on the same host, where root can rewrite them; send them to a SIEM instead",
      );
    }
    return spec;
  },
  build: ({ name, spec, links, parent, environment }) => {
    const host = attachmentOf<NetworkAttachment>(
      (links as WormArchiveLinks).network.attachment,
      "docker",
    );
    warn(parent, `${name}.accessLogDays`, "who read is not recorded");
    const keep = { protect: environment.protected };
    const clients = hostNetwork(name, "internal", host.subnets, environment, parent);
    const { image } = imageByReference(
      `${name}-image`,
      host.settings.images["minio"] ?? STORE_IMAGES.minio,
      parent,
    );
    const certificate = serverCertificate(name, name, parent);
    const random = (role: string, length = 32, options: pulumi.CustomResourceOptions = {}) =>
      new RandomBytes(`${name}-${role}`, { length }, { parent, ...options });
    const root = pulumi.secret(random("root-password").hex);
    // MinIO takes names of 20 characters at most.
    const user = pulumi.secret(random("writer-name", 8).hex);
    const writer = pulumi.secret(random("writer-key").hex);
    // Without it nothing that is stored can be read again.
    const key = pulumi.secret(random("encryption-key", 32, keep).base64);
    const files = deliver(
      name,
      {
        "env/MINIO_ROOT_USER": ROOT,
        "env/MINIO_ROOT_PASSWORD": root,
        "env/MINIO_KMS_SECRET_KEY": pulumi.interpolate`${name}:${key}`,
        "certs/public.crt": certificate.certificatePem,
        "certs/private.key": certificate.keyPem,
        "certs/CAs/ca.crt": certificate.caPem,
      },
      image,
      environment,
      parent,
    );
    const volume = sharedVolume(`${name}-data`, host.keeper, environment, parent, {
      ...keep,
      retainOnDelete: environment.protected,
    });
    const server = new Container(
      `${name}-server`,
      {
        ...hardened(
          {
            name,
            component: name,
            image,
            user: USER,
            cpu: 1,
            memoryMiB: 1024,
            scratch: ["/tmp"],
            graceSeconds: 30,
            files: files.version,
            fixed: host.keeper.identity,
          },
          environment,
        ),
        entrypoints: [KEEPER, "run"],
        command: ["minio", "server", "/data", "--certs-dir", `${FILES}/certs`],
        envs: ["MINIO_KMS_AUTO_ENCRYPTION=on", "HOME=/tmp"],
        init: true,
        networksAdvanced: [{ name: clients.name, aliases: [name] }],
        volumes: [host.keeper.mount, files.mount, { volumeName: volume, containerPath: "/data" }],
        healthcheck: {
          tests: ["CMD", "mc", "--config-dir", "/tmp/mc", "--insecure", "ready", "local"],
          interval: "5s",
          timeout: "4s",
          retries: 6,
          startPeriod: "30s",
        },
        wait: true,
        waitTimeout: 120,
      },
      { parent, deleteBeforeReplace: true },
    );
    const bucket = `${environment.system}-${environment.stack}-${name}`;
    const locked = lockBucket(
      name,
      {
        spec,
        bucket,
        endpoint: `${name}:${PORT}`,
        root: { user: ROOT, password: root },
        writer: { user, password: writer },
        caPem: certificate.caPem,
        network: clients,
        server,
      },
      host,
      environment,
      parent,
    );
    const attachment: ArchiveAttachment = {
      cloud: "docker",
      network: clients,
      caPem: certificate.caPem,
    };
    // Whoever reads one of these waits until the bucket is locked.
    const ready = (text: string) => locked.id.apply(() => text);
    return {
      bucket: ready(bucket),
      region: ready(REGION),
      endpoint: ready(`https://${name}:${PORT}`),
      credentials: { accessKeyId: user, secretAccessKey: writer },
      attachment,
    };
  },
});

const ROOT = "portolan-root";
