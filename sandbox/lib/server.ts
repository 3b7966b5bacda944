import { Metadata, Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
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
        (error: Error & { code?: number }) =>
          callback({
            name: "Error",
            code: error.code ?? status.UNKNOWN,
            details: error.message,
            message: error.message,
            metadata: new Metadata(),
          }),
      );
  };
}
