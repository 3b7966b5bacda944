import { exec, insideJson } from "../support/helper";
import { docker } from "../support/host";
import type { Live, Observations } from "../support/acceptance";
import type { Answer } from "../support/client";
import {
  copiesAreSealed,
  environmentOf,
  isRefused,
  ranBefore,
  shownEnvironmentOf,
} from "../support/looks";

const GATEWAY = "neuronetz-gateway";
const MODEL = "llama3.1:8b";
const PROXY_VARIABLES = ["LETSENCRYPT_EMAIL", "LETSENCRYPT_HOST", "VIRTUAL_HOST", "VIRTUAL_PORT"];
const JSON_BODY = { "Content-Type": "application/json" };

/** The gateway's own command, beside the running server and with its variables. */
async function command({ stack }: Live, ...words: string[]): Promise<string> {
  const { Id } = await stack.container(GATEWAY);
  const keeper = ["/portolan/keeper", "run", "neuronetz", ...words];
  const { code, output } = await exec(docker().getContainer(Id), keeper);
  if (code !== 0) throw new Error(output);
  return output.trim();
}

let made: Promise<string> | undefined;

/** A tenant's key, made as the guide says after the deployment. */
const key = (live: Live): Promise<string> =>
  (made ??= (async () => {
    await command(live, "tenant", "acme", "120", "200000");
    return command(live, "key", "acme", "prod-server-1");
  })());

async function complete(live: Live, body: object, more: Record<string, string>): Promise<Answer> {
  const question = { method: "POST", headers: { ...JSON_BODY, ...more } };
  return live.client.ask("api", "/v1/chat/completions", {
    ...question,
    body: JSON.stringify(body),
  });
}

const networksOf = async ({ stack }: Live, component: string): Promise<string[]> =>
  Object.keys((await stack.container(component)).NetworkSettings.Networks).sort();

async function isInternal(network: string): Promise<boolean> {
  return ((await docker().getNetwork(network).inspect()) as { Internal: boolean }).Internal;
}

/** neuronetz-gateway's acceptance list on a running host; which front a statement needs is the test's. */
export const LIVE: Observations = {
  1: { claim: "containers" },
  2: async ({ stack, client }) => {
    const ollama = await stack.container("neuronetz-ollama");
    expect(ollama.HostConfig.PortBindings ?? {}).toEqual({});
    for (const network of Object.keys(ollama.NetworkSettings.Networks)) {
      expect([network, await isInternal(network)]).toEqual([network, true]);
    }
    expect((await client.ask("api", "/api/tags")).status).toBe(404);
  },
  3: { claim: "networks" },
  4: async (live) => {
    for (const store of ["neuronetz-postgres", "neuronetz-redis", "neuronetz-ollama"]) {
      const networks = await networksOf(live, store);
      expect(networks).toHaveLength(1);
      expect(await isInternal(networks[0] ?? "")).toBe(true);
    }
    expect(await networksOf(live, GATEWAY)).toContain("proxy");
  },
  5: async (live) => {
    const proxy = (await docker().getNetwork("proxy").inspect()) as { Labels: object };
    expect(Object.keys(proxy.Labels)).not.toContain("portolan.stack");
    const { resources } = await live.stack.export();
    expect(resources.filter(({ outputs }) => outputs["name"] === "proxy")).toEqual([]);
  },
  6: async ({ stack }) => {
    const names = (await stack.running()).map(({ Name }) => Name);
    for (const name of ["gateway", "postgres", "redis", "ollama"]) {
      expect(names).toContain(`/neuronetz-${name}`);
    }
  },
  7: async ({ stack }) => {
    const shown = await shownEnvironmentOf(stack, GATEWAY);
    const host = `api.${stack.domain}`;
    expect(PROXY_VARIABLES.map((name) => shown[name])).toEqual([
      ...["ops@example.com", host, host, "8080"],
    ]);
    expect(shown["GATEWAY_BIND_PORT"]).toBe("8080");
  },
  8: async (live) => {
    const shown = await shownEnvironmentOf(live.stack, GATEWAY);
    expect(PROXY_VARIABLES.filter((name) => name in shown)).toEqual([]);
    expect(await networksOf(live, GATEWAY)).not.toContain("proxy");
  },
  9: (live) =>
    isRefused(
      live,
      { "portolan:settings": { front: "both", certificateEmail: "ops@example.com" } },
      /portolan:settings.front.*is edge or nginx-proxy/,
    ),
  10: async ({ stack, client }) => {
    expect((await client.ask("api", "/healthz")).status).toBe(200);
    expect(await client.certificateNames("api")).toEqual([`api.${stack.domain}`]);
  },
  11: { claim: "from outside" },
  // Silence is limited to a minute here, and to eleven as a rule.
  12: { claim: "from outside" },
  13: async (live) => {
    const headers = { "X-Forwarded-For": "198.51.100.7" };
    expect((await complete(live, {}, headers)).status).toBe(401);
    const lines = (await live.stack.log(GATEWAY)).split("\n");
    const told = lines.filter((line) => line.includes("authentication.failed")).at(-1) ?? "";
    const { client } = JSON.parse(told) as { client: string };
    // The address that a request from this host has on the edge's network: its gateway.
    const edge = await live.stack.container("edge");
    const gateways = Object.values(edge.NetworkSettings.Networks).map(({ Gateway }) => Gateway);
    expect(gateways.filter(Boolean)).toContain(client);
  },
  14: async ({ stack }) => {
    expect((await environmentOf(stack, GATEWAY))["DATABASE_URL"]).toMatch(
      /^postgresql\+asyncpg:\/\/neuronetz:[0-9a-f]{48}@.*ssl=require$/,
    );
    expect(Object.keys(await shownEnvironmentOf(stack, GATEWAY))).not.toContain("DATABASE_URL");
  },
  15: async ({ stack }) => {
    for (const line of (await stack.log(GATEWAY)).trim().split("\n")) {
      expect(() => JSON.parse(line) as unknown).not.toThrow();
    }
  },
  16: { claim: "stores" },
  17: ({ stack }) => ranBefore(stack, "migrate", GATEWAY),
  18: async ({ stack }) => {
    const { HostConfig } = await stack.container(GATEWAY);
    expect(HostConfig.Memory).toBeGreaterThanOrEqual(2 ** 30);
  },
  19: async ({ stack }) => {
    for (const [component, folder] of [
      ["neuronetz-ollama", "/models"],
      ["neuronetz-postgres", "/var/lib/postgresql/data"],
    ] as const) {
      const { Mounts } = await stack.container(component);
      const mount = Mounts.find(({ Destination }) => Destination === folder);
      expect([mount?.Type, mount?.RW]).toEqual(["volume", true]);
    }
    const { Id } = await stack.container("neuronetz-ollama");
    const listed = await exec(docker().getContainer(Id), ["ollama", "list"]);
    expect(listed.output.trim()).toBe(MODEL);
  },
  20: ({ stack }) => copiesAreSealed(stack, "postgres"),
  21: (live) =>
    isRefused(
      live,
      {
        "portolan:settings": {
          ...{ front: "edge", ollamaUrl: "http://203.0.113.7:11434" },
          ollamaNetwork: "203.0.113.0/24",
        },
      },
      /portolan:settings.ollamaUrl.*may be public/,
    ),
  22: async (live) => {
    const authorization = `Bearer ${await key(live)}`;
    const send = (bytes: number): Promise<Answer> =>
      complete(live, { model: MODEL, filler: "x".repeat(bytes) }, { Authorization: authorization });
    const byGateway = await send(262_144);
    expect([byGateway.status, byGateway.headers["x-stand-in"]]).toEqual([413, "0.1.0"]);
    const byEdge = await send(320 * 1024);
    expect([byEdge.status, byEdge.headers["x-stand-in"]]).toEqual([413, undefined]);
  },
  23: async (live) => {
    const secret = await key(live);
    const { first, all } = await live.client.stream("api", "/v1/chat/completions", {
      method: "POST",
      headers: { ...JSON_BODY, Authorization: `Bearer ${secret}` },
      body: JSON.stringify({ model: MODEL, stream: true }),
    });
    // Tokens come one by one, not all at the end.
    expect(await Promise.race([first, all.then(() => "the end came first")])).toMatch(/^data: /);
    expect((await all).text.match(/data: /g)).toHaveLength(5);
    for (const { Name } of await live.stack.running()) {
      const log = await live.stack.log(live.stack.componentOf(Name));
      expect([Name, log.includes(secret)]).toEqual([Name, false]);
    }
    expect((await live.stack.export()).text).not.toContain(secret);
    expect(await live.stack.log(GATEWAY)).toMatch(/"event":"completion","tenant":"acme"/);
  },
  24: {
    notObservable:
      "an alarm fires after minutes; that one does is seen on LatticePolicy, in the drill of backups",
  },
  25: async (live) => {
    const { Id } = await live.stack.container(GATEWAY);
    const asked = insideJson<number>(
      `const answer = await fetch("http://127.0.0.1:8080/api/stand-in/stream?every=500&for=5000");
       const reader = answer.body.getReader();
       let events = 0;
       for (let done = false; !done; ) {
         const next = await reader.read();
         done = next.done;
         events += (new TextDecoder().decode(next.value).match(/data: /g) ?? []).length;
       }
       console.log(JSON.stringify(events));`,
      { network: Id },
    );
    const gateway = docker().getContainer(Id);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await gateway.stop();
    expect(await asked).toBeGreaterThanOrEqual(10);
    const { State, Config: config } = await gateway.inspect();
    expect([State.ExitCode, (config as { StopTimeout?: number }).StopTimeout]).toEqual([0, 630]);
    await gateway.start();
  },
};
