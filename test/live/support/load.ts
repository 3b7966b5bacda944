import type Docker from "dockerode";
import { docker } from "./host";
import { textOf } from "./helper";
import type { LiveStack } from "./live-stack";

/** What one or all clients have counted. */
export interface Counted {
  readonly sent: number;
  readonly failed: Readonly<Record<string, number>>;
  /** Answers by the version that gave them. */
  readonly versions: Readonly<Record<string, number>>;
  /** When and how each failure came. */
  readonly faults: readonly string[];
  /** Seconds, 99 of 100 answers came within. */
  readonly p99: number;
}

/** Each client has an address of its own: one may ask 3,000 times in five minutes, the edge says. */
const CLIENTS = 32;
const IMAGE = "portolan-live/node:stand-in";

/** A steady stream of requests that does not wait for answers; ends with what it counted. */
const CLIENT = `
import https from "node:https";
const { HOST, EDGE, PATHS, RATE } = process.env;
const agent = new https.Agent({ keepAlive: true });
const paths = PATHS.split(",");
const count = { sent: 0, failed: {}, versions: {} };
const times = [];
let open = 0;
const add = (table, key) => (table[key] = (table[key] ?? 0) + 1);
function ask() {
  const began = process.hrtime.bigint();
  const path = paths[count.sent++ % paths.length];
  open += 1;
  const end = (fault, version) => {
    open -= 1;
    if (fault) {
      add(count.failed, fault);
      console.log(new Date().toISOString(), fault, path);
    }
    else add(count.versions, version);
    times.push(Number(process.hrtime.bigint() - began) / 1e9);
  };
  const request = https.get({ host: EDGE, port: 8443, servername: HOST, path, headers: { Host: HOST }, agent,
    rejectUnauthorized: false, timeout: 30000 }, (response) => {
      response.resume().on("end", () => end(response.statusCode === 200 ? "" : "status " + response.statusCode, response.headers["x-stand-in"]))
        .on("error", (error) => end(error.code ?? error.message));
    });
  request.on("error", (error) => end((request.reusedSocket ? "reused " : "") + (error.code ?? error.message)))
    .on("timeout", () => request.destroy(new Error("no answer")));
}
const timer = setInterval(ask, 1000 / Number(RATE));
process.on("SIGTERM", () => {
  clearInterval(timer);
  const wait = setInterval(() => {
    if (open > 0) return;
    clearInterval(wait);
    times.sort((a, b) => a - b);
    console.log(JSON.stringify({ ...count, p99: times[Math.floor(times.length * 0.99)] ?? 0 }));
    process.exit(0);
  }, 50);
});`;

/** Keeps `rate` requests a second going through the edge until it is stopped. */
export class Load {
  readonly #clients: readonly Docker.Container[];

  private constructor(clients: readonly Docker.Container[]) {
    this.#clients = clients;
  }

  static async start(
    stack: LiveStack,
    { host, paths, rate }: { host: string; paths: readonly string[]; rate: number },
  ): Promise<Load> {
    const network = stack.hostName("edge");
    const edge = await stack.container("edge");
    const env = {
      HOST: `${host}.${stack.domain}`,
      EDGE: edge.NetworkSettings.Networks[network]?.IPAddress ?? "",
      PATHS: paths.join(","),
      RATE: String(rate / CLIENTS),
    };
    const clients = await Promise.all(
      Array.from({ length: CLIENTS }, () =>
        docker().createContainer({
          Image: IMAGE,
          User: "10001:10001",
          Cmd: ["node", "--input-type=module", "--eval", CLIENT],
          Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
          Labels: { "portolan.role": "test-helper" },
          HostConfig: { NetworkMode: network },
        }),
      ),
    );
    await Promise.all(clients.map((client) => client.start()));
    return new Load(clients);
  }

  async stop(): Promise<Counted> {
    const counted = await Promise.all(
      this.#clients.map(async (client) => {
        await client.stop({ t: 60 });
        const log = textOf(await client.logs({ stdout: true, stderr: true }));
        await client.remove({ force: true });
        // Failures are told as they happen, one a line; the last line has the counts.
        const lines = log.trim().split("\n");
        const counts = JSON.parse(lines.at(-1) ?? "") as Counted;
        return { ...counts, faults: lines.slice(0, -1) };
      }),
    );
    return {
      sent: counted.reduce((sum, { sent }) => sum + sent, 0),
      failed: summed(counted.map(({ failed }) => failed)),
      versions: summed(counted.map(({ versions }) => versions)),
      p99: Math.max(...counted.map(({ p99 }) => p99)),
      faults: counted.flatMap(({ faults }) => faults),
    };
  }
}

function summed(tables: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [key, count] of tables.flatMap((table) => Object.entries(table))) {
    sum[key] = (sum[key] ?? 0) + count;
  }
  return sum;
}
