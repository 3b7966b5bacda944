import * as pulumi from "@pulumi/pulumi";

/**
 * Whether this update leaves one-off jobs as they are (`release:jobs: skip`), as a way back to an
 * older version does: its migration is not for a schema that a newer one has changed. A job that
 * failed before then stops nothing.
 */
export const jobsAreLeft = (): boolean => new pulumi.Config("release").get("jobs") === "skip";
