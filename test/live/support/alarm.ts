import { docker } from "./host";
import { textOf } from "./helper";
import type { LiveStack } from "./live-stack";

/** A check as the watch container reads it; more fields are carried along. */
interface Check {
  readonly name: string;
  readonly kind: string;
}

/** A webhook that prints what it is told first, and ends. */
const RECEIVER = `
import http from "node:http";
http.createServer((request, response) => {
  request.on("data", (data) => console.log(String(data)));
  request.on("end", () => { response.end(); setTimeout(() => process.exit(0), 100); });
}).listen(9000);`;

/**
 * What the stack's watch tells about a volume, by the one of its checks that fits. Another watch,
 * which looks fifteen times a second instead of once a minute, gets that check and the volume.
 */
export async function raised(
  stack: LiveStack,
  wanted: Partial<Check>,
  volume: string,
): Promise<unknown> {
  const { Config, Image, HostConfig } = await stack.container("alarms-watch");
  const variable = "CHECKS=";
  const text = Config.Env.find((each) => each.startsWith(variable))?.slice(variable.length);
  const [check, ...others] = (JSON.parse(text ?? "[]") as Check[]).filter(({ name, kind }) => {
    return (wanted.name ?? name) === name && (wanted.kind ?? kind) === kind;
  });
  if (check === undefined || others.length > 0) throw new Error("not exactly one check fits");
  const receiver = await docker().createContainer({
    Image: "portolan-live/node:stand-in",
    Cmd: ["node", "--input-type=module", "--eval", RECEIVER],
    HostConfig: { NetworkMode: "none" },
  });
  await receiver.start();
  const watcher = await docker().createContainer({
    Image,
    Cmd: ["watch"],
    User: Config.User,
    Env: [
      `CHECKS=${JSON.stringify([{ ...check, path: "/watched" }])}`,
      'WEBHOOKS=["http://127.0.0.1:9000/"]',
      "STACK=drill",
      "WATCH_EVERY=66ms",
      "ACCESS_LOG=/nowhere",
    ],
    HostConfig: {
      NetworkMode: `container:${receiver.id}`,
      Binds: [`${volume}:/watched:ro`],
      // Backups are shown to its group, and to nobody else.
      GroupAdd: HostConfig.GroupAdd ?? [],
    },
  });
  try {
    await watcher.start();
    await receiver.wait();
    return JSON.parse(textOf(await receiver.logs({ stdout: true, stderr: true })));
  } finally {
    await watcher.remove({ force: true });
    await receiver.remove({ force: true });
  }
}
