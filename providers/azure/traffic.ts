import type { app } from "@pulumi/azure-native/types/input";
import * as pulumi from "@pulumi/pulumi";

/** Label of the revision that is being tried. */
const CANDIDATE = "candidate";

/** How an app's revisions share the traffic. */
export interface Traffic {
  /** `Single`: the platform moves all traffic once the new revision is ready, and ends the old. */
  readonly mode: "Single" | "Multiple";
  readonly weights: app.TrafficWeightArgs[];
}

/**
 * Without a release under way the newest ready revision serves, and the ones before are kept
 * inactive. During one, the revision that serves is named: the newest runs beside it without
 * production traffic, under a label.
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
      { latestRevision: true, weight: 0, label: CANDIDATE },
    ],
  };
}

/**
 * Revisions that keep the traffic although a newer one exists, by service: `release:serving`. Set by
 * whoever releases in steps, and removed to promote what is newest.
 */
export function servingRevision(service: string): string | undefined {
  return new pulumi.Config("release").getObject<Record<string, string>>("serving")?.[service];
}

/** Host name of the candidate, made of the app's own: `api.x` becomes `api---candidate.x`. */
export const candidateHost = (fqdn: string): string => fqdn.replace(".", `---${CANDIDATE}.`);
