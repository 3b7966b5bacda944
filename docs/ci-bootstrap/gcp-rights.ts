import type { Purpose } from "./github";

/** Roles on the project. Each names one service; none of them is owner, editor or viewer of everything. */
export const PROJECT_ROLES: Readonly<Record<Purpose, readonly string[]>> = {
  plan: [
    ...[
      "artifactregistry.reader",
      "certificatemanager.viewer",
      "cloudkms.viewer",
      "cloudsql.viewer",
    ],
    ...[
      "compute.viewer",
      "dns.reader",
      "iam.serviceAccountViewer",
      "logging.viewer",
      "monitoring.viewer",
    ],
    ...["redis.viewer", "run.viewer", "serviceusage.serviceUsageConsumer", "storage.bucketViewer"],
    // A refresh reads the values of secrets, which whoever opens the state can read anyway.
    "secretmanager.secretAccessor",
    "secretmanager.viewer",
  ],
  apply: [
    ...["artifactregistry.admin", "certificatemanager.owner", "cloudkms.admin", "cloudsql.admin"],
    ...["compute.loadBalancerAdmin", "compute.networkAdmin", "compute.securityAdmin"],
    ...[
      "compute.instanceAdmin.v1",
      "dns.admin",
      "iam.serviceAccountAdmin",
      "iam.serviceAccountUser",
    ],
    ...["logging.admin", "monitoring.admin", "pubsub.admin", "redis.admin", "run.admin"],
    ...["secretmanager.admin", "servicenetworking.networksAdmin", "serviceusage.serviceUsageAdmin"],
    "storage.admin",
  ],
  drill: [],
};

/** Restored databases are called so; the identity that makes them can delete no other. */
export const DRILL_PREFIX = "portolan-drill-";

/** What a look at the sources takes. */
export const DRILL_LOOK = [
  "cloudsql.instances.get",
  "cloudsql.instances.list",
  "cloudsql.instances.clone",
];

/** On restored instances only, by a condition on their name. */
export const DRILL_OWN = [
  "cloudsql.instances.create",
  "cloudsql.instances.delete",
  "cloudsql.instances.update",
];
