import * as pulumi from "@pulumi/pulumi";

/**
 * What all containers of a stack ask of the one environment they share: its log store keeps the
 * longest time asked for, and its subnet opens the internet when one of them asks. The network is
 * built before the workloads, so the answer is an output that is given when the program has
 * described everything; whether a resource exists never depends on it.
 */
export class Gathered {
  /** Days that the containers' logs are kept. */
  readonly logDays: pulumi.Output<number>;
  /** Whether a workload asked for HTTPS to the internet. */
  readonly internet: pulumi.Output<boolean>;
  /** Whether there are file shares behind the endpoints. */
  readonly files: pulumi.Output<boolean>;
  private days = 0;
  private https = false;
  private shares = false;
  private closed = false;

  constructor() {
    const end = new Promise<void>((resolve) => {
      setImmediate(() => {
        this.closed = true;
        resolve();
      });
    });
    this.logDays = pulumi.output(end.then(() => this.days));
    this.internet = pulumi.output(end.then(() => this.https));
    this.files = pulumi.output(end.then(() => this.shares));
  }

  /** Called by every file share while the program describes it. */
  mountFiles(): void {
    this.shares = true;
  }

  /** Called by every workload while the program describes it. */
  ask(name: string, wish: { readonly logDays: number; readonly egress?: "none" | "https" }): void {
    const https = wish.egress === "https";
    if (this.closed && (wish.logDays > this.days || (https && !this.https))) {
      throw new Error(
        `${name} asks more of the shared environment than was asked before; describe all ` +
          "workloads of a stack in one go, without awaiting between them",
      );
    }
    this.days = Math.max(this.days, wish.logDays);
    this.https ||= https;
  }
}
