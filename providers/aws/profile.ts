import type { Profile } from "../../components/cloud";

/** What a stage costs and survives on AWS. One reason per line; `prod` is the protected one. */
export interface AwsProfile {
  /** Two zones are the least a load balancer and a database take; three share the load of a loss. */
  readonly zones: 2 | 3;
  /** A gateway per zone costs about 33 USD a month each and only matters when a zone is lost. */
  readonly outbound: "none" | "single" | "zonal";
  /** Interface endpoints cost about 7 USD a month per zone; one zone serves the others, too. */
  readonly endpointZones: "one" | "all";
  /** Connection logs are evidence after an incident; nobody investigates a dev stack. */
  readonly flowLogDays: number;
  /** A key of the stack costs 1 USD a month, and its use shows in CloudTrail. */
  readonly customerKeys: boolean;
  /** A standby doubles the price of a store. */
  readonly highAvailability: boolean;
  /** Changes of stores wait for the maintenance window where somebody depends on them. */
  readonly applyImmediately: boolean;
  /** Per-task metrics are charged per metric; production needs them to explain an alarm. */
  readonly containerInsights: "disabled" | "enabled";
  /** Minutes in which a candidate can be smoke-tested before it gets traffic. */
  readonly candidateMinutes: number;
  /** Minutes in which the previous revision stays up after the shift, for an instant way back. */
  readonly bakeMinutes: number;
  /** Firewall rules of AWS on the edge; a dev stack is not worth their price. */
  readonly managedWaf: boolean;
  /** Days of Performance Insights: 7 are free of charge. */
  readonly insightsDays: number;
}

export const PROFILES: Readonly<Record<Profile, AwsProfile>> = {
  dev: {
    zones: 2,
    outbound: "single",
    endpointZones: "one",
    flowLogDays: 7,
    customerKeys: false,
    highAvailability: false,
    applyImmediately: true,
    containerInsights: "disabled",
    candidateMinutes: 0,
    bakeMinutes: 0,
    managedWaf: false,
    insightsDays: 7,
  },
  staging: {
    zones: 2,
    outbound: "single",
    endpointZones: "one",
    flowLogDays: 30,
    customerKeys: true,
    highAvailability: false,
    applyImmediately: true,
    containerInsights: "enabled",
    candidateMinutes: 5,
    bakeMinutes: 2,
    managedWaf: true,
    insightsDays: 7,
  },
  prod: {
    zones: 3,
    outbound: "zonal",
    endpointZones: "all",
    flowLogDays: 90,
    customerKeys: true,
    highAvailability: true,
    applyImmediately: false,
    containerInsights: "enabled",
    candidateMinutes: 15,
    bakeMinutes: 10,
    managedWaf: true,
    insightsDays: 7,
  },
};
