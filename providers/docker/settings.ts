import * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../../components/errors";

/** What a stack's configuration says about its host, besides the description of the system. */
export interface Settings {
  /** `docker:host`: `unix:///…` or `ssh://user@host`. Default: this machine's socket. */
  readonly host: string;
  /** `portolan-docker:publicAddress`: what the host names point at. Default: from `docker:host`. */
  readonly publicAddress: string;
  /** `portolan-docker:httpPort`, `portolan-docker:httpsPort`: published ports. Default 80, 443. */
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Path of the engine's socket on its host: that of `docker:host`, for ssh the usual one. */
  readonly socketPath: string;
  /** `portolan-docker:bindAddress`: the host's own address that a private edge is published on. */
  readonly bindAddress?: string;
  /** `portolan-docker:socketGroup`: group that owns the engine's socket, by number. Default 999. */
  readonly socketGroup: string;
  /** `portolan-docker:acmeEmail`: told by the authority when a certificate is not renewed. */
  readonly acmeEmail?: string;
  /** `portolan-docker:registry`: prefix of the system's own images. Default: images of the host. */
  readonly registry?: string;
  /**
   * `portolan-docker:images`: reference by role instead of the default one: `keeper` and `edge`
   * (else built from this project), `postgres-16`, `redis-7` and so on.
   */
  readonly images: Readonly<Record<string, string>>;
}

const OWN = "portolan-docker";
/** The first free system group, as a rule: what Docker's packages get on a fresh Debian or Ubuntu. */
const DEFAULT_SOCKET_GROUP = "999";
const UNIX = "unix://";
const DEFAULT_HOST = `${UNIX}/var/run/docker.sock`;

/** Reads the settings; what is wrong goes to `problems` and a default takes its place. */
export function readSettings(problems: Problems): Settings {
  const own = new pulumi.Config(OWN);
  const host = new pulumi.Config("docker").get("host") ?? DEFAULT_HOST;
  const acmeEmail = own.get("acmeEmail");
  const registry = own.get("registry");
  const bindAddress = own.get("bindAddress");
  const socketGroup = own.get("socketGroup") ?? DEFAULT_SOCKET_GROUP;
  if (!/^[1-9][0-9]*$/.test(socketGroup)) {
    problems.add(
      `${OWN}:socketGroup`,
      `"${socketGroup}" is no group; give the number that \`stat -c %g /var/run/docker.sock\` prints`,
    );
  }
  if (!/^(unix:\/\/\/.+|ssh:\/\/.+)$/.test(host)) {
    problems.add(
      "docker:host",
      `"${host}" is neither unix:///path nor ssh://user@host; plain tcp would let anybody in`,
    );
  }
  return {
    host,
    publicAddress: own.get("publicAddress") ?? addressOf(host),
    socketPath: (host.startsWith(UNIX) ? host : DEFAULT_HOST).slice(UNIX.length),
    httpPort: port("httpPort", 80),
    httpsPort: port("httpsPort", 443),
    socketGroup,
    ...(bindAddress === undefined ? {} : { bindAddress }),
    images: own.getObject<Record<string, string>>("images") ?? {},
    ...(acmeEmail === undefined ? {} : { acmeEmail }),
    ...(registry === undefined ? {} : { registry: registry.replace(/\/+$/, "") }),
  };

  function port(key: string, standard: number): number {
    const text = own.get(key) ?? `${standard}`;
    const value = Number(text);
    if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
    problems.add(`${OWN}:${key}`, `"${text}" is no port; give a number from 1 to 65535`);
    return standard;
  }
}

/** The host's name for clients: that of the ssh address, or this machine. */
function addressOf(host: string): string {
  if (!host.startsWith("ssh://") || !URL.canParse(host)) return "localhost";
  return new URL(host).hostname;
}
