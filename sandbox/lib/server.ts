import { Metadata, Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { encode } from "./codec";
import { PartlyMade } from "./lifecycle";
import type { ProviderService } from "./service";

/** Method names of the service, as both sides spell them. */
const METHODS = [
  "handshake",
  "getPluginInfo",
  "getSchema",
  "getMapping",
  "getMappings",
  "checkConfig",
  "diffConfig",
  "configure",
  "invoke",
  "check",
  "diff",
  "create",
  "read",
  "update",
  "delete",
  "cancel",
  "attach",
] as const;

/** Serve a simulated provider; resolves to the port once it listens. */
export function serve(service: ProviderService): Promise<number> {
  const server = new Server({
    "grpc.max_receive_message_length": 400 * 1024 * 1024,
    "grpc.max_send_message_length": 400 * 1024 * 1024,
  });
  const methods: UntypedServiceImplementation = {};
  for (const name of METHODS) {
    const method = service[name].bind(service) as (request: unknown) => unknown;
    methods[name] = unary(method, (response) => service.replied(response));
  }
  server.addService(ResourceProviderService, methods);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

function unary(method: (request: unknown) => unknown, replied: (response: unknown) => void) {
  return (call: ServerUnaryCall<unknown, unknown>, callback: sendUnaryData<unknown>): void => {
    Promise.resolve()
      .then(() => method(call.request))
      .then(
        (response) => {
          callback(null, response);
          replied(response);
        },
        (error: Error & { code?: unknown }) =>
          callback({
            name: "Error",
            // A system error has a word where gRPC has a number.
            code: typeof error.code === "number" ? error.code : status.UNKNOWN,
            details: error.message,
            message: error.message,
            metadata: error instanceof PartlyMade ? whatWasMade(error) : new Metadata(),
          }),
      );
  };
}

/** How the engine learns of a resource that exists although its creation failed. */
function whatWasMade({ message, id, inputs, outputs }: PartlyMade): Metadata {
  const failed = new ErrorResourceInitFailed();
  failed.setId(id);
  failed.setInputs(encode(inputs));
  failed.setProperties(encode(outputs));
  failed.setReasonsList([message]);
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const answer = new Status();
  answer.setCode(status.UNKNOWN);
  answer.setMessage(message);
  answer.addDetails(detail);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
  return metadata;
}
