import * as fs from "node:fs";
import type Docker from "dockerode";
import { pack } from "tar-stream";
import type { Plain } from "../../lib/values";
import { orGone, reasonOf } from "./connection";
import { createOptions, updateOptions } from "./container-options";
import { drift, Unfinished, type RealType, type Seen } from "./resource";

const UNHEALTHY = "container is unhealthy";
const NO_HEALTHCHECK =
  "you have supplied a 'wait' argument, but the container does not have a healthcheck defined. Please remove the 'wait' argument or add a 'healthcheck' attribute";
const LOOK_MS = 500;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What follows the creation; a failure in it leaves the container for the engine's state. */
async function prepare(engine: Docker, container: Docker.Container, inputs: Plain): Promise<void> {
  await joinNetworks(engine, container, inputs.networksAdvanced ?? []);
  await step("Unable to upload volume content", upload(container, inputs.uploads ?? []));
  if (inputs.start === false) return;
  await step("Unable to start container", container.start());
  if (inputs.wait) await healthy(container, inputs.waitTimeout ?? 60);
  if (inputs.attach) await container.wait({ condition: "not-running" });
}

async function step<T>(what: string, done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    throw new Error(`${what}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The default bridge is left for the networks that are asked for. */
async function joinNetworks(engine: Docker, container: Docker.Container, networks: Plain[]) {
  if (networks.length === 0) return;
  try {
    await engine.getNetwork("bridge").disconnect({ Container: container.id });
  } catch (error) {
    if (!reasonOf(error).includes("is not connected")) {
      throw new Error(`Unable to disconnect the default network: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }
  for (const { name, aliases, ipv4Address, ipv6Address, macAddress } of networks) {
    const options = {
      Container: container.id,
      EndpointConfig: {
        ...(aliases ? { Aliases: aliases } : {}),
        ...(macAddress ? { MacAddress: macAddress } : {}),
        IPAMConfig: { IPv4Address: ipv4Address ?? "", IPv6Address: ipv6Address ?? "" },
      },
    };
    await step(`Unable to connect to network '${name}'`, engine.getNetwork(name).connect(options));
  }
}

async function upload(container: Docker.Container, uploads: Plain[]): Promise<void> {
  for (const { file, content, contentBase64, source, permissions, executable } of uploads) {
    const body =
      content ??
      (contentBase64 === undefined
        ? fs.readFileSync(source)
        : Buffer.from(contentBase64, "base64"));
    const archive = pack();
    // Owner is user 0, as the official provider has it.
    const mode = permissions ? Number.parseInt(permissions, 8) : executable ? 0o744 : 0o644;
    archive.entry({ name: file, mode, mtime: new Date() }, body);
    archive.finalize();
    await container.putArchive(archive, { path: "/" });
  }
}

async function healthy(container: Docker.Container, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const { State } = await container.inspect();
    if (State.Health === undefined) throw new Error(NO_HEALTHCHECK);
    if (State.Health.Status === "healthy") return;
    if (Date.now() > deadline) throw new Error(UNHEALTHY);
    await pause(LOOK_MS);
  }
}

/** Outputs by what `docker inspect` says, under the provider's names. */
function seenOf(found: Docker.ContainerInspectInfo, inputs: Plain): Seen {
  const { Config: config, HostConfig: host, State: state, NetworkSettings: net } = found;
  const running = state.Running;
  const real = {
    name: found.Name.replace(/^\//, ""),
    image: String(inputs.image ?? "").startsWith("sha256:") ? found.Image : config.Image,
    user: config.User,
    readOnly: host.ReadonlyRootfs,
    privileged: host.Privileged,
    restart: host.RestartPolicy?.Name,
    memory: (host.Memory ?? 0) / 2 ** 20,
    memorySwap: (host.MemorySwap ?? 0) > 0 ? (host.MemorySwap ?? 0) / 2 ** 20 : host.MemorySwap,
    cpuShares: host.CpuShares,
    logDriver: host.LogConfig?.Type,
  };
  return {
    id: found.Id,
    outputs: {
      ...real,
      bridge: (net as Plain).Bridge ?? "",
      hostname: config.Hostname,
      command: config.Cmd ?? [],
      entrypoints: toList(config.Entrypoint),
      ipcMode: host.IpcMode,
      runtime: host.Runtime,
      shmSize: (host.ShmSize ?? 0) / 2 ** 20,
      stopSignal: (config as Plain).StopSignal ?? "SIGTERM",
      ...(running ? {} : { exitCode: state.ExitCode }),
      networkDatas: Object.entries(net.Networks).map(([networkName, each]) => ({
        networkName,
        gateway: each.Gateway,
        ipAddress: each.IPAddress,
        ipPrefixLength: each.IPPrefixLen,
        macAddress: each.MacAddress,
      })),
    },
    drifted: {
      ...drift(inputs, real),
      // Said as a wish that was dropped, so that the next update starts it again.
      ...(!running && inputs.mustRun !== false && inputs.name ? { mustRun: false } : {}),
    },
  };
}

const toList = (value: string | string[] | undefined | null): string[] =>
  value === undefined || value === null ? [] : [value].flat();

export const container: RealType = {
  async create(engine, inputs) {
    const made = await step(
      "Unable to create container",
      engine.createContainer(createOptions(inputs)),
    );
    try {
      await prepare(engine, made, inputs);
    } catch (error) {
      throw new Unfinished(reasonOf(error), seenOf(await made.inspect(), inputs));
    }
    const seen = seenOf(await made.inspect(), inputs);
    if (!inputs.attach || !inputs.logs) return seen;
    const log = await made.logs({ stdout: true, stderr: true });
    return { ...seen, outputs: { ...seen.outputs, containerLogs: textOf(log) } };
  },

  async read(engine, id, inputs) {
    const found = await orGone(engine.getContainer(id).inspect());
    return found && seenOf(found, inputs);
  },

  async update(engine, id, olds, news) {
    const found = engine.getContainer(id);
    if (olds.mustRun === false && news.mustRun !== false && news.start !== false) {
      await step("Unable to start container", found.start()).catch((error: Error) => {
        if (!error.message.includes("already started")) throw error;
      });
    }
    const changed = [
      ...["restart", "maxRetryCount", "cpuShares", "memory", "memoryReservation", "cpuSet"],
      "memorySwap",
    ].some((key) => olds[key] !== news[key]);
    if (changed) await step("Unable to update a container", found.update(updateOptions(news)));
  },

  async remove(engine, id, state) {
    const found = engine.getContainer(id);
    // One that was attached to is not stopped first; without a grace the stop is a kill.
    if (!state.attach) {
      await orGone(ignoring(304, found.stop({ t: state.destroyGraceSeconds ?? 0 })));
    }
    await orGone(ignoring(409, found.remove({ v: state.removeVolumes ?? true, force: true })));
    while ((await orGone(found.inspect())) !== undefined) await pause(LOOK_MS);
  },
};

/** 304: it has stopped already. 409: its removal is under way. */
async function ignoring(status: number, asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== status) throw error;
  }
}

/** Output of a container without a terminal: frames of eight bytes and what they announce. */
function textOf(log: Buffer): string {
  let text = "";
  for (let at = 0; at + 8 <= log.length;) {
    const length = log.readUInt32BE(at + 4);
    text += log.subarray(at + 8, at + 8 + length).toString();
    at += 8 + length;
  }
  return text;
}
