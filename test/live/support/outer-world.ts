import { execFileSync, spawn } from "node:child_process";

const NAMESPACE = "portolan-outside";
const LINK = ["ptl-near", "ptl-far"] as const;

/** An address that is not this host, for who has a way out. TEST-NET-1 is nobody's. */
export const FAR = { host: "192.0.2.2", port: 443 } as const;

/** A network namespace beyond the host that listens on one port. Needs root beside the engine. */
export function openOuterWorld(): { close(): void } {
  const ip = (line: string): void => void execFileSync("ip", line.split(" "), { stdio: "pipe" });
  const close = (): void => {
    try {
      ip(`netns del ${NAMESPACE}`);
    } catch {
      // It was not made.
    }
  };
  close();
  ip(`netns add ${NAMESPACE}`);
  ip(`link add ${LINK[0]} type veth peer name ${LINK[1]} netns ${NAMESPACE}`);
  ip(`addr add 192.0.2.1/30 dev ${LINK[0]}`);
  ip(`link set ${LINK[0]} up`);
  ip(`-n ${NAMESPACE} addr add ${FAR.host}/30 dev ${LINK[1]}`);
  ip(`-n ${NAMESPACE} link set ${LINK[1]} up`);
  ip(`-n ${NAMESPACE} route add default via 192.0.2.1`);
  const server = `require("node:net").createServer((s) => s.end()).listen(${FAR.port})`;
  const command = ["netns", "exec", NAMESPACE, process.execPath, "--eval", server];
  const listener = spawn("ip", command);
  return {
    close: () => {
      listener.kill("SIGKILL");
      close();
    },
  };
}
