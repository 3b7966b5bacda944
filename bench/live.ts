import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { createProgress } from "../scripts/setup/progress.js";
import { ensureEngine, stopEngine } from "../scripts/live/engine";
import { ensureImages } from "../scripts/live/images";
import { standIns } from "../scripts/live/main";
import { latticePolicyImages } from "../test/live/support/lattice-policy";
import type { LiveStack } from "../test/live/support/live-stack";
import { livePage, type LiveResults, type Throughput } from "./live-report";

const ROOT = path.resolve(__dirname, "..");
const TARGET = path.join(ROOT, "bench", "live.md");
const SECONDS = 10;
const CONNECTIONS = 20;

/** As many requests as there is time for, from a container that shares the network of another. */
const CANNON = `
import autocannon from "autocannon";
const { URL: url, HOST: host } = process.env;
const result = await autocannon({ url, duration: ${SECONDS}, connections: ${CONNECTIONS},
  headers: { host }, servername: host, tlsOptions: { rejectUnauthorized: false } });
console.log(JSON.stringify({ perSecond: result.requests.average, p99: result.latency.p99,
  failed: result.errors + result.timeouts + result.non2xx }));`;

/** Takes the edge's configuration through its administration socket and puts a changed one back. */
const RECONFIGURE = `
import http from "node:http";
const ask = (method, path, body) => new Promise((resolve, reject) => {
  const request = http.request({ socketPath: "/run/caddy/admin.sock", method, path,
    headers: { Host: "127.0.0.1", "Content-Type": "application/json" } }, (response) => {
      let text = "";
      response.on("data", (data) => (text += data)).on("end", () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(text)));
    });
  request.on("error", reject).end(body);
});
const config = JSON.parse(await ask("GET", "/config/"));
const visit = (node) => {
  if (Array.isArray(node)) return node.map(visit).filter((each) => each !== undefined);
  if (typeof node !== "object" || node === null) return node;
  if (process.env.BARE === "1" && ["firewall", "rate_limit"].includes(node.handler)) return undefined;
  // Limits stay at work and are never reached: what is measured is their cost. Each client has a
  // list of that length, so that much more would take the memory of the edge.
  if (node.max_events !== undefined) return { ...node, max_events: 200_000 };
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]));
};
await ask("POST", "/load", JSON.stringify(visit(config)));`;

/** Measures a deployment on a real engine and writes bench/live.md. */
export async function main(): Promise<void> {
  const progress = createProgress();
  const engine = await ensureEngine(progress);
  process.env.PORTOLAN_LIVE_HOST = engine.host;
  const [load = 0] = os.loadavg();
  try {
    await ensureImages(engine.docker, progress);
    await standIns(engine.docker, progress);
    const { LiveStack } = await import("../test/live/support/live-stack");
    const stack = new LiveStack("lattice-policy", 9, latticePolicyImages("0.1.0"));
    const results = await measure(stack, progress);
    const text = livePage(results, { load, engine: engine.version, connections: CONNECTIONS });
    const options = { ...(await resolveConfig(TARGET)), filepath: TARGET };
    fs.writeFileSync(TARGET, await format(text, options));
    console.log(text);
  } finally {
    if (engine.started) await stopEngine();
  }
}

async function measure(
  stack: LiveStack,
  progress: ReturnType<typeof createProgress>,
): Promise<LiveResults> {
  const { inside, insideJson } = await import("../test/live/support/helper");
  const { timed } = await import("../test/live/support/figures");
  const { succeed } = await import("../test/support/deployed");

  const step = async <T>(title: string, work: () => Promise<T>) => {
    const shown = progress.step(title);
    const measured = await timed(work);
    shown.done(`${measured.seconds.toFixed(1)} s`);
    return measured;
  };
  const up = await step("Up from nothing", async () => succeed(await stack.up()));
  try {
    const path = "/api/stand-in/version";
    const host = `api.${stack.domain}`;
    const edge = await stack.container("edge");
    const api = await stack.container("api");
    const shoot = (network: string, url: string): Promise<Throughput> =>
      insideJson<Throughput>(CANNON, {
        network,
        env: { URL: url, HOST: host },
        binds: [`${ROOT}/node_modules:/node_modules:ro`],
      });
    const reconfigure = (bare: boolean): Promise<string> =>
      inside(RECONFIGURE, {
        binds: [`${stack.hostName("edge-control")}:/run/caddy`],
        env: { BARE: bare ? "1" : "0" },
      });
    const direct = await step("The application itself", () =>
      shoot(edge.Id, `http://${api.Name.slice(1).replace(stack.hostName(""), "")}:3000${path}`),
    );
    await reconfigure(false);
    const guarded = await step("Through the edge, with firewall and limits", () =>
      shoot(edge.Id, `https://127.0.0.1:8443${path}`),
    );
    await reconfigure(true);
    const bare = await step("Through the edge, without them", () =>
      shoot(edge.Id, `https://127.0.0.1:8443${path}`),
    );
    const release = await step("A release", async () =>
      succeed(await stack.up(latticePolicyImages("0.1.1"))),
    );
    const idle = await step("An update without changes", async () =>
      succeed(await stack.up(latticePolicyImages("0.1.1"))),
    );
    return {
      ...{ direct: direct.result, guarded: guarded.result, bare: bare.result },
      seconds: { up: up.seconds, release: release.seconds, unchanged: idle.seconds },
    };
  } finally {
    succeed(await stack.run("destroy --yes --skip-preview"));
  }
}
