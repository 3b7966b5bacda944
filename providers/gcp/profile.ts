import type { Profile } from "../../components/cloud";

/** Defaults per stage. What a description says goes first. */
interface Defaults {
  readonly outbound: "none" | "single" | "zonal";
  readonly flowLogDays: number;
  readonly highAvailability: boolean;
  readonly secretsCustomerKey: boolean;
  readonly waf: boolean;
  readonly flowSampling: number;
}

export const PROFILE: Readonly<Record<Profile, Defaults>> = {
  dev: {
    // Cloud NAT costs by the gateway's hours and the bytes; small in every stage.
    outbound: "single",
    // The shortest time that still covers a weekend and the Monday after it.
    flowLogDays: 30,
    // Twice the price for a stack that may be down.
    highAvailability: false,
    // Google's own keys: keys of ours cannot be deleted and pile up with short-lived stacks.
    secretsCustomerKey: false,
    // Test data and few visitors; false alarms would cost more than they tell.
    waf: false,
    // One flow in ten shows who talks to whom.
    flowSampling: 0.1,
  },
  staging: {
    outbound: "single",
    flowLogDays: 30,
    // The fail-over is rehearsed in prod's maintenance window, not paid for twice.
    highAvailability: false,
    secretsCustomerKey: false,
    // The same rules as in prod, or prod is where they are tried first.
    waf: true,
    flowSampling: 0.1,
  },
  prod: {
    // Cloud NAT is regional: `single` survives a zone already.
    outbound: "single",
    flowLogDays: 90,
    // A zone may fail without an outage.
    highAvailability: true,
    // Access can be cut by disabling one key.
    secretsCustomerKey: true,
    waf: true,
    // Half the flows: enough to reconstruct an incident at half the price.
    flowSampling: 0.5,
  },
};
