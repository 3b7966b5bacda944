import type { app } from "@pulumi/azure-native/types/input";
import * as pulumi from "@pulumi/pulumi";

/** How an app's revisions share the traffic. */
export interface Traffic {
  /** `Single`: the platform moves all traffic once the new revision is ready, and ends the old. */
  readonly mode: "Single" | "Multiple";
  readonly weights: app.TrafficWeightArgs[];
}

/**
 * Without a release under way the newest ready revision serves, and the ones before are kept
 * inactive. During one, `release:<service>` names the revision that keeps serving: the newest runs
 * beside it without production traffic, under an address of its own (`latestRevisionFqdn`).
 *
 * Several active revisions all the time would be simpler, but each keeps its least number of
 * replicas: old workers would go on working, and hold their database connections.
 */
export function trafficOf(serving: string | undefined): Traffic {
  if (serving === undefined) {
    return { mode: "Single", weights: [{ latestRevision: true, weight: 100 }] };
  }
  return {
    mode: "Multiple",
    weights: [
      { revisionName: serving, weight: 100 },
      { latestRevision: true, weight: 0 },
    ],
  };
}

/** The revision that a release in progress keeps in service, if any. */
export function servingRevision(service: string): string | undefined {
  return new pulumi.Config("release").get(service);
}
