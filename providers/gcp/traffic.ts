/** Tag of the newest revision. The edge reaches it by this, with traffic or without. */
export const CANDIDATE = "candidate";

/** Requests with this header and a service's name go to its candidate. */
export const CANDIDATE_HEADER = "x-portolan-candidate";

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
 * `percent` of it, at first none, and can be tried. Every revision stays selectable.
 */
export function traffic(held?: string, percent = 0): Traffic[] {
  if (held === undefined || percent === 100) {
    return [{ type: LATEST, percent: 100, tag: CANDIDATE }];
  }
  return [
    { type: REVISION, revision: held, percent: 100 - percent },
    { type: LATEST, percent, tag: CANDIDATE },
  ];
}
