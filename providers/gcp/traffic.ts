import type { HeldTraffic } from "../../components/held-traffic";

/** Tag of the newest revision. The edge reaches it by this, with traffic or without. */
export const CANDIDATE = "candidate";

interface Traffic {
  type: string;
  percent: number;
  revision?: string;
  tag?: string;
}

const LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";
const REVISION = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION";

/**
 * By itself an update gives the newest revision all traffic, once it is healthy; until then, and
 * when it never is, the one before it goes on serving. With a revision held, the newest one gets
 * the share that a release gives it. Every revision stays selectable.
 */
export function traffic(held?: HeldTraffic): Traffic[] {
  if (held === undefined || held.percent === 100) {
    return [{ type: LATEST, percent: 100, tag: CANDIDATE }];
  }
  const { revision, percent } = held;
  return [
    { type: REVISION, revision, percent: 100 - percent },
    { type: LATEST, percent, tag: CANDIDATE },
  ];
}
