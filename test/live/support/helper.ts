import type Docker from "dockerode";
import { docker } from "./host";

const IMAGE = "portolan-live/node:stand-in";

export interface HelperOptions {
  /** Container whose network the helper shares. */
  readonly network?: string;
  /** Container whose processes the helper sees. */
  readonly processes?: string;
  readonly user?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly binds?: readonly string[];
}

/** Runs a program beside a container, as its network or its processes show themselves to it. */
export async function inside(script: string, options: HelperOptions): Promise<string> {
  const { network, processes, user = "10001:10001", env = {}, binds = [] } = options;
  const container = await docker().createContainer({
    Image: IMAGE,
    User: user,
    Cmd: ["node", "--input-type=module", "--eval", script],
    Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
    Labels: { "portolan.role": "test-helper" },
    HostConfig: {
      NetworkMode: network === undefined ? "none" : `container:${network}`,
      ...(processes === undefined ? {} : { PidMode: `container:${processes}` }),
      Binds: [...binds],
      CapDrop: ["ALL"],
    },
  });
  try {
    await container.start();
    const { StatusCode } = await container.wait();
    const log = textOf(await container.logs({ stdout: true, stderr: true }));
    if (StatusCode !== 0) throw new Error(`the helper ended with ${StatusCode}: ${log}`);
    return log;
  } finally {
    await container.remove({ force: true });
  }
}

/** The same for a program that prints JSON. */
export async function insideJson<T>(script: string, options: HelperOptions): Promise<T> {
  return JSON.parse(await inside(script, options)) as T;
}

/** What a container without a terminal has written: frames of eight bytes and what they announce. */
export function textOf(log: Buffer): string {
  let text = "";
  for (let at = 0; at + 8 <= log.length;) {
    const length = log.readUInt32BE(at + 4);
    text += log.subarray(at + 8, at + 8 + length).toString();
    at += 8 + length;
  }
  return text;
}

/** Runs a program inside a container, as `docker exec` does. */
export async function exec(
  container: Docker.Container,
  command: readonly string[],
  input?: string,
): Promise<{ code: number; output: string }> {
  const run = await container.exec({
    Cmd: [...command],
    AttachStdout: true,
    AttachStderr: true,
    AttachStdin: input !== undefined,
  });
  const stream = await run.start({ hijack: true, stdin: input !== undefined });
  const parts: Buffer[] = [];
  stream.on("data", (part: Buffer) => parts.push(part));
  if (input !== undefined) stream.end(input);
  await new Promise((resolve) => stream.on("end", resolve).on("close", resolve));
  const { ExitCode } = await run.inspect();
  return { code: ExitCode ?? -1, output: textOf(Buffer.concat(parts)) };
}
