import type { Connections, SecretDescription, ServiceDescription } from "../../components/system";
import type { WormArchiveSpec } from "../../components/worm-archive";
import type { DescribeInput } from "../load";
import type { RackGatewaySettings } from "../rack-gateway";

/** How the gateway gets at the store of its audit anchors. */
export interface Anchors {
  /** The stack's own store; absent for one elsewhere. */
  readonly archive?: WormArchiveSpec;
  readonly links: NonNullable<ServiceDescription["links"]>;
  /** Secrets beyond the operator's. */
  readonly secrets: Readonly<Record<string, SecretDescription>>;
  /** Environment variable → secret. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Keys of a bucket that the stack does not own, or cannot give an identity to. */
export const EXTERNAL_STORE_SECRETS = ["anchor-access-key-id", "anchor-secret-access-key"];

const KEYS = {
  AWS_ACCESS_KEY_ID: "anchor-access-key-id",
  AWS_SECRET_ACCESS_KEY: "anchor-secret-access-key",
};

/** Heads of the audit chain, written where not even an administrator can remove them. */
export function anchorsOf(input: DescribeInput<RackGatewaySettings>): Anchors {
  const { stack, environment, settings: set } = input;
  const isProd = environment.profile === "prod";
  const retentionDays = isProd ? set.anchorRetentionDays : 1;
  const fixed = {
    AUDIT_ANCHOR_CHAIN_ID: `${set.rack}-${environment.stack}`,
    AUDIT_ANCHOR_RETENTION_DAYS: `${retentionDays}`,
    AUDIT_ANCHOR_INTERVAL_MINUTES: "60",
  };
  const store = set.anchorStore;
  if (store) {
    return {
      links: () => ({
        ...fixed,
        AUDIT_ANCHOR_BUCKET: store.bucket,
        AWS_REGION: store.region,
        ...(store.endpoint === undefined ? {} : { AWS_ENDPOINT_URL_S3: store.endpoint }),
      }),
      secrets: {},
      variables: KEYS,
    };
  }
  const archive: WormArchiveSpec = {
    retentionDays,
    // Nobody could remove what is locked; of a trial it is a day.
    mode: "compliance",
    writers: "workloads",
    coolAfterDays: 30,
    coldAfterDays: 90,
    accessLogDays: stack.logs.days ?? 90,
  };
  const keyed = stack.cloud === "docker";
  return {
    archive,
    links: ({ archives: { anchors } }) => ({
      ...fixed,
      AUDIT_ANCHOR_BUCKET: anchors?.bucket ?? "",
      AWS_REGION: anchors?.region ?? "",
      ...(anchors?.endpoint ? { AWS_ENDPOINT_URL_S3: anchors.endpoint } : {}),
    }),
    secrets: keyed ? ownKeys() : {},
    variables: keyed ? KEYS : {},
  };
}

/** A host's own store knows no identities of containers: it gives out a pair of keys. */
function ownKeys(): Record<string, SecretDescription> {
  const key = (pick: "accessKeyId" | "secretAccessKey"): SecretDescription => ({
    kind: "value",
    value: ({ archives: { anchors } }: Connections) => anchors?.credentials?.[pick] ?? "",
  });
  return {
    "anchor-access-key-id": key("accessKeyId"),
    "anchor-secret-access-key": key("secretAccessKey"),
  };
}
