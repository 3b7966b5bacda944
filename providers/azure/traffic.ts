import type { app } from "@pulumi/azure-native/types/input";
import type { HeldTraffic } from "../../components/held-traffic";

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
 * inactive. During one, the revision that served is named: the newest runs beside it with the share
 * of the traffic that the release gives it, and under a label.
 *
 * Several active revisions all the time would be simpler, but each keeps its least number of
 * replicas: old workers would go on working, and hold their database connections.
 */
export function trafficOf(held: HeldTraffic | undefined): Traffic {
  if (held === undefined) {
    return { mode: "Single", weights: [{ latestRevision: true, weight: 100 }] };
  }
  const { revision, percent } = held;
  return {
    mode: "Multiple",
    weights: [
      { revisionName: revision, weight: 100 - percent },
      { latestRevision: true, weight: percent, label: CANDIDATE },
    ],
  };
}

/** Host name of the candidate, made of the app's own: `api.x` becomes `api---candidate.x`. */
export const candidateHost = (fqdn: string): string => fqdn.replace(".", `---${CANDIDATE}.`);
