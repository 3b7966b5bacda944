import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { WormArchiveSpec } from "../../components/worm-archive";
import type { HostNetwork, NetworkAttachment } from "./attachments";
import { deliver } from "./files";
import { runToEnd } from "./gate";
import { hardened } from "./hardened";
import { FILES, KEEPER } from "./keeper";
import { imageByReference } from "./own-image";
import { STORE_IMAGES } from "./sizes";

interface Login {
  readonly user: pulumi.Input<string>;
  readonly password: pulumi.Output<string>;
}

interface Bucket {
  readonly spec: WormArchiveSpec;
  readonly bucket: string;
  /** `host:port` */
  readonly endpoint: string;
  readonly root: Login;
  readonly writer: Login;
  readonly caPem: pulumi.Output<string>;
  readonly network: HostNetwork;
  readonly server: pulumi.Resource;
}

/** Writing with a lock and reading; deletes and everything that would end a lock early are denied. */
export function writerPolicy(bucket: string): object {
  const objects = `arn:aws:s3:::${bucket}/*`;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["s3:GetBucketLocation", "s3:GetBucketObjectLockConfiguration", "s3:ListBucket"],
        Resource: [`arn:aws:s3:::${bucket}`],
      },
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectRetention", "s3:PutObject", "s3:PutObjectRetention"],
        Resource: [objects],
      },
      {
        Effect: "Deny",
        Action: ["s3:BypassGovernanceRetention", "s3:DeleteObject", "s3:DeleteObjectVersion"],
        Resource: [objects],
      },
    ],
  };
}

/** Runs again without harm: what is there is left, and set to what it shall be. */
const SCRIPT = `
mc() { command mc --config-dir /tmp/mc --quiet "$@"; }
printf '%s' "$POLICY" > /tmp/policy.json
mc mb --ignore-existing --with-lock "store/$BUCKET"
mc version enable "store/$BUCKET"
mc retention set --default "$MODE" "$DAYS" "store/$BUCKET"
mc admin policy create store writer /tmp/policy.json
mc admin user add store "$WRITER_USER" "$WRITER_PASSWORD"
mc admin policy attach store writer --user "$WRITER_USER" || mc admin user info store "$WRITER_USER" | grep -q writer
`;

/** Makes the bucket and the writer, by a container that ends. Gives what exists when both do. */
export function lockBucket(
  name: string,
  { spec, bucket, endpoint, root, writer, caPem, network, server }: Bucket,
  host: NetworkAttachment,
  environment: Environment,
  parent: pulumi.Resource,
) {
  const label = `${name}-bucket`;
  const reference = host.settings.images["mc"] ?? STORE_IMAGES.mc;
  const { image } = imageByReference(`${label}-image`, reference, parent);
  const files = deliver(
    label,
    {
      // Hexadecimal: nothing in it has a meaning in a URL.
      "env/MC_HOST_store": pulumi.interpolate`https://${root.user}:${root.password}@${endpoint}`,
      "env/WRITER_PASSWORD": writer.password,
      "env/WRITER_USER": writer.user,
      "ca.pem": caPem,
    },
    image,
    environment,
    parent,
  );
  const envs = [
    `BUCKET=${bucket}`,
    `DAYS=${spec.retentionDays}d`,
    `MODE=${spec.mode}`,
    `POLICY=${JSON.stringify(writerPolicy(bucket))}`,
    `SSL_CERT_FILE=${FILES}/ca.pem`,
  ];
  return runToEnd(
    `${label}-run`,
    {
      ...hardened(
        {
          name: `${label}-run`,
          component: name,
          image,
          user: "10001:10001",
          cpu: 0.25,
          memoryMiB: 256,
          scratch: ["/tmp"],
          graceSeconds: 10,
          files: files.version,
          fixed: [host.keeper.identity, SCRIPT, envs],
        },
        environment,
      ),
      entrypoints: [KEEPER, "once", "120"],
      command: ["sh", "-euc", SCRIPT],
      envs,
      init: true,
      networksAdvanced: [{ name: network.name }],
      volumes: [host.keeper.mount, files.mount],
    },
    { parent, dependsOn: [server] },
  );
}
