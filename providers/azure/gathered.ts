import * as pulumi from "@pulumi/pulumi";
import type { Layout } from "./network-layout";
import { INGRESS, type Profile } from "./workload-profiles";

/** What one workload asks for. */
interface Wish {
  readonly logDays: number;
  readonly egress?: "none" | "https";
  /** Private networks outside the stack that it connects to. */
  readonly egressTo?: readonly PrivateDestination[];
  readonly profile: Profile;
}

export interface PrivateDestination {
  readonly cidr: string;
  readonly port: number;
}

/** A way from one subnet into another that only some stacks have. */
export interface Opening {
  readonly from: keyof Layout;
  readonly to: keyof Layout;
  readonly port: number;
}

/** All wishes together. */
export interface Wishes {
  /** Days that the containers' logs are kept: the longest time asked for. */
  readonly logDays: number;
  /** Whether a workload asked for HTTPS to the internet. */
  readonly internet: boolean;
  readonly destinations: readonly PrivateDestination[];
  readonly openings: readonly Opening[];
  readonly profiles: readonly Profile[];
  /** Minutes of silence that the environment's proxy bears; undefined for its own four. */
  readonly idleMinutes: number | undefined;
}

/**
 * What all containers of a stack ask of the one environment they share: its log store keeps the
 * longest time asked for, and its subnet opens the internet when one of them asks. The network is
 * built before the workloads, so the answer is an output that is given when the program has
 * described everything; whether a resource exists never depends on it.
 */
export class Gathered {
  readonly wishes: pulumi.Output<Wishes>;
  private total: Wishes = {
    logDays: 0,
    internet: false,
    destinations: [],
    openings: [],
    profiles: [],
    idleMinutes: undefined,
  };
  private closed = false;

  constructor() {
    this.wishes = pulumi.output(
      new Promise<Wishes>((resolve) => {
        setImmediate(() => {
          this.closed = true;
          resolve(this.total);
        });
      }),
    );
  }

  /** Called by every workload while the program describes it. */
  ask(name: string, { logDays, egress, egressTo = [], profile }: Wish): void {
    this.add(name, {
      logDays: Math.max(this.total.logDays, logDays),
      internet: this.total.internet || egress === "https",
      destinations: [...this.total.destinations, ...egressTo],
      profiles: [...this.total.profiles, profile],
    });
  }

  /** Called by file shares, edges and Docker hosts. */
  open(name: string, ...openings: readonly Opening[]): void {
    const all = [...this.total.openings, ...openings];
    const byWay = new Map(all.map((each) => [`${each.from} ${each.to} ${each.port}`, each]));
    this.add(name, { openings: [...byWay.values()] });
  }

  /** Called by an edge whose connections may be silent for longer than the environment allows by itself. */
  waitFor(name: string, idleMinutes: number): void {
    this.add(name, { idleMinutes, profiles: [...this.total.profiles, INGRESS] });
  }

  private add(name: string, change: Partial<Wishes>): void {
    const next = { ...this.total, ...change };
    if (this.closed && JSON.stringify(next) !== JSON.stringify(this.total)) {
      throw new Error(
        `${name} asks more of the shared environment than was asked before; describe all ` +
          "workloads of a stack in one go, without awaiting between them",
      );
    }
    this.total = next;
  }
}
