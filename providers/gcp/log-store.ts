import * as pulumi from "@pulumi/pulumi";
import { ProjectBucketConfig, ProjectSink } from "@pulumi/gcp/logging";
import { foundation } from "./foundation";
import { stackName } from "./names";
import type { Scope } from "./scope";
import { settings } from "./settings";

/** Days that a log bucket may keep entries. */
const LIMIT = { min: 1, max: 3650 };

export function checkLogDays(
  days: number,
  path: string,
  problems: { add(path: string, message: string): void },
): void {
  if (Number.isInteger(days) && days >= LIMIT.min && days <= LIMIT.max) return;
  problems.add(path, `${days} days cannot be kept; Cloud Logging keeps 1 to 3650 whole days`);
}

/**
 * A bucket of its own for some of the project's log entries, kept in the stack's region for as long
 * as asked. A sink to a bucket of its own project needs no grant. The `_Default` sink keeps its 30
 * days copy: it belongs to the project, and other stacks rely on it.
 */
export function keepLogs(
  scope: Scope,
  role: string,
  filter: pulumi.Input<string>,
  retentionDays: number,
): ProjectBucketConfig {
  const { project, region } = settings();
  const { apis, suffix } = foundation(scope);
  const name = `${scope.name}-${role}`;
  const options = { parent: scope.parent, dependsOn: [apis.logging] };
  const unique = stackName(name, scope.environment, 90);
  const bucket = new ProjectBucketConfig(
    name,
    {
      project,
      location: region,
      // A deleted bucket's id stays taken for seven days.
      bucketId: pulumi.interpolate`${unique}-${suffix.hex}`,
      retentionDays,
      description: `Logs of ${scope.name} (${scope.environment.system}, ${scope.environment.stack})`,
    },
    options,
  );
  new ProjectSink(
    `${name}-sink`,
    {
      project,
      name: unique,
      destination: pulumi.interpolate`logging.googleapis.com/projects/${project}/locations/${region}/buckets/${bucket.bucketId}`,
      filter,
      uniqueWriterIdentity: true,
    },
    options,
  );
  return bucket;
}
