import { execFileSync, spawn } from "node:child_process";
import os from "node:os";

const NAMESPACE = "portolan-outside";
const LINK = ["ptl-near", "ptl-far"] as const;
const PORT = 443;

/** Networks for documentation, which are nobody's; some virtual machines have an address there. */
const TEST_NETS = ["192.0.2", "198.51.100", "203.0.113"] as const;

/** A place beyond the host. */
export interface OuterWorld {
  /** Where it listens; an address that is not this host's, for who has a way out. */
  readonly host: string;
  readonly port: number;
  close(): void;
}

/** A network namespace beyond the host that listens on one port. Needs root beside the engine. */
export async function openOuterWorld(): Promise<OuterWorld> {
  const ip = (line: string): void => void execFileSync("ip", line.split(" "), { stdio: "pipe" });
  const remove = (): void => {
    try {
      ip(`netns del ${NAMESPACE}`);
    } catch {
      // It was not made.
    }
  };
  const network = freeNetwork();
  const host = `${network}.2`;
  remove();
  ip(`netns add ${NAMESPACE}`);
  ip(`link add ${LINK[0]} type veth peer name ${LINK[1]} netns ${NAMESPACE}`);
  ip(`addr add ${network}.1/30 dev ${LINK[0]}`);
  ip(`link set ${LINK[0]} up`);
  ip(`-n ${NAMESPACE} addr add ${host}/30 dev ${LINK[1]}`);
  ip(`-n ${NAMESPACE} link set ${LINK[1]} up`);
  ip(`-n ${NAMESPACE} route add default via ${network}.1`);
  const listen = `require("node:net").createServer((s) => s.end()).listen(${PORT}, () => console.log("listening"))`;
  const command = ["netns", "exec", NAMESPACE, process.execPath, "--eval", listen];
  const listener = spawn("ip", command, { stdio: ["ignore", "pipe", "inherit"] });
  const close = (): void => {
    listener.kill("SIGKILL");
    remove();
  };
  try {
    await new Promise((resolve, reject) => {
      listener.stdout.once("data", resolve);
      listener.once("close", (code) => reject(new Error(`the listener ended with ${code}`)));
    });
  } catch (error) {
    close();
    throw error;
  }
  return { host, port: PORT, close };
}

function freeNetwork(): string {
  const own = Object.values(os.networkInterfaces()).flatMap((each) => each ?? []);
  const free = TEST_NETS.find((net) => !own.some(({ address }) => address.startsWith(`${net}.`)));
  if (free === undefined) throw new Error("this machine has an address in every test network");
  return free;
}
