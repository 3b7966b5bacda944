import type * as pulumi from "@pulumi/pulumi";

/**
 * A value that is known in a preview and still depends on the resource. The URN is the one output
 * that a preview knows of a resource that does not exist yet.
 */
export function knownAfter<T>(resource: pulumi.Resource, value: T): pulumi.Output<T> {
  return resource.urn.apply(() => value) as pulumi.Output<T>;
}
