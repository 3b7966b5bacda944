import * as pulumi from "@pulumi/pulumi";
import { getProjectServiceAccountOutput } from "@pulumi/gcp/storage";
import { foundation, rareApi } from "./foundation";
import type { Scope } from "./scope";
import { settings } from "./settings";

/**
 * The agents of Cloud Storage and Compute Engine, which the API for other products' agents does not
 * make. Asking for the first one creates it; the second is there with its API, and its name differs
 * in the domain alone.
 */
export function storageAgent(scope: Scope): pulumi.Output<string> {
  const { emailAddress } = getProjectServiceAccountOutput(
    { project: settings().project },
    { parent: scope.parent, dependsOn: [rareApi(scope, "storage")] },
  );
  return pulumi.interpolate`serviceAccount:${emailAddress}`;
}

export function computeAgent(scope: Scope): pulumi.Output<string> {
  const known = pulumi.all([storageAgent(scope), foundation(scope).apis.compute.id]);
  return known.apply(([agent]) => agent.replace(/@.*$/, "@compute-system.iam.gserviceaccount.com"));
}
