import * as grpc from "@grpc/grpc-js";
import * as service from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import type { Pack } from "./pack";

/** A stack of thousands of resources arrives in one message. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

type Answer<Request, Response> = (request: Request) => Response;

/** Serves a pack to the engine: prints the port the engine connects to and stays until the engine ends us. */
export function serve(pack: Pack): void {
  const server = new grpc.Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
  const methods = service.AnalyzerService as unknown as grpc.ServiceDefinition;
  server.addService(methods, {
    analyze: unary((request: messages.AnalyzeRequest) => pack.analyze(request)),
    analyzeStack: unary((request: messages.AnalyzeStackRequest) => pack.analyzeStack(request)),
    remediate: unary(() => pack.remediate()),
    getAnalyzerInfo: unary(() => pack.info()),
    getPluginInfo: unary(() => pack.pluginInfo()),
    configure: unary((request: messages.ConfigureAnalyzerRequest) => {
      pack.configure(request);
      return empty(methods, "configure");
    }),
    configureStack: unary(() => empty(methods, "configureStack")),
    handshake: unary(() => empty(methods, "handshake")),
    cancel: unary(() => empty(methods, "cancel")),
  });
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) {
      console.error(`the policy pack cannot listen on a local port: ${error.message}`);
      process.exit(1);
    }
    console.log(String(port));
  });
}

/** The empty message has to be of the very class the generated code compares with. */
function empty(methods: grpc.ServiceDefinition, name: string): unknown {
  const method = methods[name] as unknown as { responseType: new () => unknown };
  return new method.responseType();
}

function unary<Request, Response>(
  answer: Answer<Request, Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    let response: Response;
    try {
      response = answer(call.request);
    } catch (error) {
      callback({ code: grpc.status.INVALID_ARGUMENT, details: (error as Error).message });
      return;
    }
    callback(null, response);
  };
}
