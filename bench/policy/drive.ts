import { spawn } from "node:child_process";
import fs from "node:fs";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Resource } from "../resources";
import { nameOf } from "../resources";
import type { Pack } from "./packs";

/** What one pack took for one stack. */
export interface Drive {
  /** Seconds until the pack listens. */
  start: number;
  /** Seconds for every resource by itself and for the stack as a whole. */
  analysis: number;
  /** Seconds of the pack's processor time for that; the clock also measures who asks, and the machine's other work. */
  cpu: number;
  /** Largest resident memory of the pack, in MB. */
  memory: number;
}

const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;
const TICKS_PER_SECOND = 100;

type Call<Request, Response> = (
  request: Request,
  callback: (error: grpc.ServiceError | null, response: Response) => void,
) => unknown;

/** Asks a pack about a stack as the engine does: each resource when it is registered, then all of them together. */
export async function drive(pack: Pack, resources: readonly Resource[]): Promise<Drive> {
  const began = performance.now();
  const child = spawn(process.execPath, [...pack.args], {
    cwd: pack.cwd,
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (data) => resolve(String(data).trim()));
      child.once("exit", (code) => reject(new Error(`${pack.title} ended with exit code ${code}`)));
    });
    const start = performance.now() - began;
    const pid = child.pid ?? 0;
    const before = used(pid);
    const options = {
      "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
      "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    };
    const credentials = grpc.credentials.createInsecure();
    const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials, options);
    const ask = <Request, Response>(call: unknown, request: Request): Promise<Response> =>
      new Promise((resolve, reject) =>
        (call as Call<Request, Response>).call(client, request, (error, response) =>
          error === null ? resolve(response) : reject(error),
        ),
      );
    // Messages are made before anything is timed: it is the pack that is measured.
    const single = resources.map(toRequest);
    const stack = new messages.AnalyzeStackRequest();
    stack.setResourcesList(resources.map(toMember));
    const asked = performance.now();
    for (const request of single) await ask(client.analyze, request);
    await ask(client.analyzeStack, stack);
    const analysis = performance.now() - asked;
    client.close();
    const { cpu, memory } = used(pid);
    return { start: start / 1000, analysis: analysis / 1000, cpu: cpu - before.cpu, memory };
  } finally {
    child.kill();
  }
}

function toRequest(resource: Resource): messages.AnalyzeRequest {
  const request = new messages.AnalyzeRequest();
  request.setType(resource.type);
  request.setName(nameOf(resource));
  request.setUrn(resource.urn);
  request.setProperties(Struct.fromJavaScript((resource.inputs ?? {}) as never));
  request.setOptions(new messages.AnalyzerResourceOptions());
  return request;
}

function toMember(resource: Resource): messages.AnalyzerResource {
  const member = new messages.AnalyzerResource();
  member.setType(resource.type);
  member.setName(nameOf(resource));
  member.setUrn(resource.urn);
  member.setProperties(Struct.fromJavaScript((resource.inputs ?? {}) as never));
  member.setOptions(new messages.AnalyzerResourceOptions());
  if (resource.parent) member.setParent(resource.parent);
  for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    const dependencies = new messages.AnalyzerPropertyDependencies();
    dependencies.setUrnsList(urns);
    member.getPropertydependenciesMap().set(property, dependencies);
  }
  return member;
}

/** Processor time and peak memory of a living process, as Linux tells them; elsewhere they are not measured. */
function used(pid: number): { cpu: number; memory: number } {
  if (process.platform !== "linux") return { cpu: Number.NaN, memory: Number.NaN };
  const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  const peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN);
  return { cpu: (user + system) / TICKS_PER_SECOND, memory: peak / 1024 };
}
