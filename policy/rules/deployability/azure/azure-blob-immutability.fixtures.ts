import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const account = (state: unknown, protect = false) =>
  resource(
    "azure-native:storage:StorageAccount",
    { immutableStorageWithVersioning: { enabled: true, immutabilityPolicy: { state } } },
    "sa",
    { opts: { protect } },
  );
const container = (more: object = {}) =>
  resource(
    "azure-native:storage:BlobContainer",
    { containerName: "records", accountName: { ref: "sa.name" }, ...more },
    "records",
  );
const policy = (props: object) =>
  resource("azure-native:storage:BlobContainerImmutabilityPolicy", {
    containerName: { ref: "records.name" },
    immutabilityPeriodSinceCreationInDays: 30,
    ...props,
  });
const versioning = (isVersioningEnabled: boolean) =>
  resource("azure-native:storage:BlobServiceProperties", {
    accountName: { ref: "sa.name" },
    isVersioningEnabled,
  });
const worm = container({ immutableStorageWithVersioning: { enabled: true } });

export const fixtures: Fixtures = {
  good: [
    account("Unlocked"),
    account("Locked", true),
    passes(container(), policy({ immutabilityPolicyName: "default" })),
    passes(account("Unlocked"), worm, versioning(true)),
  ],
  bad: [
    account("Locked"),
    account("locked"),
    violates(container(), policy({ containerName: "records" })),
    policy({ immutabilityPolicyName: "keep" }),
    policy({ immutabilityPeriodSinceCreationInDays: 0 }),
    violates(account("Unlocked"), worm, versioning(false)),
  ],
  missing: [passes(resource("azure-native:storage:StorageAccount", {}))],
  unknown: [account(unknown), policy({ immutabilityPeriodSinceCreationInDays: unknown })],
  wrongType: [passes(account(5)), passes(policy({ immutabilityPolicyName: 5 }))],
};
