import * as pulumi from "@pulumi/pulumi";

/** Header by which a request asks for the candidate of a service; its value is the service's name. */
export const CANDIDATE_HEADER = "x-portolan-candidate";

/** Traffic that is held where it is while a newer revision is tried. */
export interface HeldTraffic {
  /** The cloud's name of the revision that keeps the traffic. */
  readonly revision: string;
  /** Share of the newest revision, in percent; the held one has the rest. */
  readonly percent: number;
}

/**
 * What a release says of a service for one update: `release:serving` (service: revision) and
 * `release:percent`. Without them the newest revision gets all traffic once it is healthy.
 */
export function heldTraffic(service: string): HeldTraffic | undefined {
  const config = new pulumi.Config("release");
  const revision = config.getObject<Record<string, string>>("serving")?.[service];
  if (revision === undefined) return undefined;
  return { revision, percent: config.getNumber("percent") ?? 0 };
}
