import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";

/** Severity numbers of the engine's log service. */
const SEVERITY = { debug: 0, info: 1, warning: 2, error: 3 } as const;

/** Sends lines to the engine, which shows them beside the resource. */
export class EngineLog {
  readonly #address: string | undefined;
  #client: EngineClient | undefined;

  constructor(address: string | undefined) {
    this.#address = address;
  }

  /** `status` lines are replaced by the next one and leave no trace (progress). */
  async send(
    severity: keyof typeof SEVERITY,
    message: string,
    urn = "",
    status = false,
  ): Promise<void> {
    if (this.#address === undefined) return;
    const { LogRequest } = await import("@pulumi/pulumi/proto/engine_pb");
    const request = new LogRequest();
    request.setSeverity(SEVERITY[severity]);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(status);
    const client = await this.#connect(this.#address);
    // A lost log line must not fail an operation.
    await new Promise<void>((resolve) => client.log(request, () => resolve()));
  }

  async #connect(address: string): Promise<EngineClient> {
    if (this.#client === undefined) {
      const grpc = await import("@grpc/grpc-js");
      const { EngineClient } = await import("@pulumi/pulumi/proto/engine_grpc_pb");
      this.#client = new EngineClient(address, grpc.credentials.createInsecure());
    }
    return this.#client;
  }
}
