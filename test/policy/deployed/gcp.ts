import type { Spoils } from "./row";
import { appended, Change, merged, REMOVED } from "./spoil";

/** Every container of a service, and of a job, whose template lies one deeper. */
const containers = (at: string) =>
  [
    [`${at}.*.image`, "acme/web", "image-pinned"],
    [`${at}.*.image`, "docker.io/library/node:22", "container-non-root"],
    [`${at}.*.envs`, appended({ name: "JWT_SECRET", value: "Tr0ub4dor" }), "secret-in-environment"],
  ] as const;
const closes = ({ denies, direction }: Record<string, unknown>): boolean =>
  denies !== undefined && direction === "INGRESS";
const servesModels = ({ name, labels }: Record<string, unknown>): boolean =>
  /ollama/.test(JSON.stringify([name, labels]));
const opened = (...allows: object[]) => merged({ denies: undefined, allows });

/** What deployed resources of Google Cloud can lose. */
export const GCP: Spoils = {
  properties: {
    "gcp:sql/databaseInstance:DatabaseInstance": [
      ["settings.ipConfiguration.ipv4Enabled", true, "database-public-endpoint"],
      ["settings.ipConfiguration.ipv4Enabled", REMOVED, "database-public-endpoint"],
      [
        "settings.ipConfiguration.authorizedNetworks",
        [{ value: "0.0.0.0/0" }],
        "database-firewall-world",
      ],
      [
        "settings.ipConfiguration.authorizedNetworks",
        [{ value: "0.0.0.0/1" }, { value: "128.0.0.0/1" }],
        "database-firewall-world",
      ],
      ["settings.ipConfiguration.sslMode", "ALLOW_UNENCRYPTED_AND_ENCRYPTED", "store-tls"],
      ["settings.backupConfiguration.enabled", false, "database-backup"],
      ["settings.backupConfiguration", REMOVED, "database-backup"],
      ["settings.backupConfiguration.pointInTimeRecoveryEnabled", false, "backup-depth"],
      ["settings.availabilityType", "ZONAL", "database-standby"],
      [
        "",
        new Change((old) => {
          const { settings, ...rest } = old as { settings: object };
          const unguarded = { ...settings, deletionProtectionEnabled: false };
          return { ...rest, settings: unguarded, deletionProtection: false };
        }),
        "deletion-protection",
      ],
    ],
    "gcp:redis/instance:Instance": [
      ["authEnabled", false, "store-auth"],
      ["transitEncryptionMode", "DISABLED", "store-tls"],
      ["tier", "BASIC", "database-standby"],
    ],
    "gcp:compute/firewall:Firewall": [
      ["", opened({ protocol: "all" }), "ingress-every-port", closes],
      ["", opened({ protocol: "all" }), "database-port-world", closes],
      ["", opened({ protocol: "tcp", ports: ["5000-6000"] }), "database-port-world", closes],
      ["", opened({ protocol: "tcp", ports: ["22"] }), "admin-port-world", closes],
      ["", opened({ protocol: "tcp", ports: ["8080"] }), "ingress-other-port", closes],
    ],
    "gcp:compute/subnetwork:Subnetwork": [["logConfig", REMOVED, "access-log"]],
    "gcp:compute/sSLPolicy:SSLPolicy": [
      ["minTlsVersion", "TLS_1_0", "tls-version"],
      ["minTlsVersion", REMOVED, "tls-version"],
    ],
    "gcp:compute/targetHttpsProxy:TargetHttpsProxy": [["sslPolicy", REMOVED, "tls-version"]],
    "gcp:compute/backendService:BackendService": [
      ["securityPolicy", REMOVED, "edge-firewall"],
      ["logConfig.enable", false, "access-log"],
    ],
    "gcp:cloudrunv2/service:Service": [
      ...containers("template.containers"),
      ["ingress", "INGRESS_TRAFFIC_ALL", "edge-bypass"],
      ["ingress", "INGRESS_TRAFFIC_ALL", "model-server-private", servesModels],
      ["invokerIamDisabled", true, "model-server-private", servesModels],
    ],
    "gcp:cloudrunv2/serviceIamMember:ServiceIamMember": [
      ["member", "allUsers", "model-server-private", servesModels],
      ["member", "domain:example.com", "model-server-private", servesModels],
    ],
    "gcp:cloudrunv2/job:Job": containers("template.template.containers"),
    "gcp:kms/cryptoKey:CryptoKey": [
      ["rotationPeriod", REMOVED, "kms-rotation"],
      ["rotationPeriod", "63072000s", "kms-rotation"],
    ],
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": [["member", "allUsers", "service-public"]],
    "gcp:secretmanager/secretIamMember:SecretIamMember": [
      ["member", "allAuthenticatedUsers", "service-public"],
    ],
    "gcp:artifactregistry/repository:Repository": [
      ["dockerConfig.immutableTags", false, "registry-immutable-tags"],
    ],
    "gcp:logging/projectBucketConfig:ProjectBucketConfig": [
      ["retentionDays", 0, "log-retention"],
      ["retentionDays", 1, "log-retention-minimum"],
    ],
  },
  missing: {},
};
