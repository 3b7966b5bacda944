import Docker from "dockerode";
import type { Plain } from "../../lib/values";

const SOCKET = "unix:///var/run/docker.sock";

/** The engine that the provider's configuration names, else `DOCKER_HOST`, else this machine's. */
export function connect(config: Record<string, Plain>): Docker {
  const host = String(config.host ?? process.env.DOCKER_HOST ?? SOCKET);
  if (host.startsWith("unix://")) return new Docker({ socketPath: host.slice("unix://".length) });
  const { hostname, username, port, protocol } = new URL(host);
  if (protocol === "ssh:") {
    return new Docker({
      protocol: "ssh",
      host: hostname,
      username: username === "" ? "root" : username,
      ...(port === "" ? {} : { port: Number(port) }),
      sshOptions: { agentForward: false, agent: process.env.SSH_AUTH_SOCK },
    });
  }
  throw new Error(`docker:host "${host}" is neither unix:///path nor ssh://user@host`);
}

/** Undefined where the engine says that there is no such thing. */
export async function orGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}

/** The engine's own sentence, without the client's words around it. */
export function reasonOf(error: unknown): string {
  const { json, message } = error as { json?: { message?: string }; message?: string };
  return json?.message ? `Error response from daemon: ${json.message}` : String(message ?? error);
}
