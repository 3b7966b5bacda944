// Stand-in for neuronetz-gateway; see ../README.md.
import fs from "node:fs";
import readline from "node:readline";
import { Readable } from "node:stream";
import { migrate, poolOf } from "/app/lib/database.mjs";
import { clientBehind, limiter } from "/app/lib/limits.mjs";
import { Redis } from "/app/lib/redis.mjs";
import { audit, bodyOf, json, serve } from "/app/lib/server.mjs";
import { tenantOf } from "./keys.mjs";
import { MIGRATIONS } from "./migrations.mjs";
import { env } from "./settings.mjs";

const database = poolOf(env.DATABASE_URL, 30);
// The application migrates at its start, too; after the job there is nothing left to do.
await migrate(database, MIGRATIONS);
// Python's TLS reads this variable, Node.js' does not.
const authorities = env.SSL_CERT_FILE && fs.readFileSync(env.SSL_CERT_FILE, "utf8");
const redis = new Redis(env.REDIS_URL, authorities);
await redis.command("PING");

const trusted = env.GATEWAY_TRUSTED_PROXIES.split(",");
const failures = limiter(Number(env.AUTH_FAILURE_RATE_LIMIT_PER_IP_PER_MIN));

/** Names of the models there are; none when the model server does not answer. */
async function models() {
  try {
    const known = await redis.command("GET", "models");
    if (known) return JSON.parse(known);
    const answer = await fetch(`${env.OLLAMA_BASE_URL}/api/tags`, {
      signal: AbortSignal.timeout(Number(env.OLLAMA_CONNECT_TIMEOUT_S) * 1000),
    });
    const names = (await answer.json()).models.map(({ name }) => name);
    await redis.command("SET", "models", JSON.stringify(names), "EX", 120);
    return names;
  } catch {
    return [];
  }
}

/** Requests of a tenant in this minute, shared by all replicas. */
async function taken(tenant) {
  const key = `rpm:${tenant}:${Math.floor(Date.now() / 60_000)}`;
  const count = Number(await redis.command("INCR", key));
  await redis.command("EXPIRE", key, 120);
  return count;
}

async function complete(request, response) {
  const client = await clientBehind(request, trusted);
  const key = /^Bearer (nz_\w+)$/.exec(request.headers.authorization ?? "")?.[1];
  const tenant = key && (await tenantOf(database, key));
  if (!tenant) {
    audit("authentication.failed", { client });
    const { left } = failures.take(client);
    return json(response, left < 0 ? 429 : 401, { error: "no valid key" });
  }
  const { model, stream } = JSON.parse(await bodyOf(request, Number(env.MAX_REQUEST_BODY_BYTES)));
  if (!(await models()).includes(model)) return json(response, 503, { error: "no such model" });
  if ((await taken(tenant.name)) > tenant.rpm) return json(response, 429, { error: "too many" });

  const answer = await fetch(`${env.OLLAMA_BASE_URL}/api/chat`, {
    method: "POST",
    body: JSON.stringify({ model, stream: true }),
  });
  const type = stream ? "text/event-stream" : "application/json";
  response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" });
  const tokens = [];
  for await (const line of readline.createInterface({ input: Readable.fromWeb(answer.body) })) {
    const { token } = JSON.parse(line);
    tokens.push(token);
    if (stream) response.write(`data: ${JSON.stringify({ delta: token })}\n\n`);
  }
  await database.query(
    "INSERT INTO audit (tenant, client, model, tokens) VALUES ($1, $2, $3, $4)",
    [tenant.name, client, model, tokens.length],
  );
  audit("completion", { tenant: tenant.name, client, model, tokens: tokens.length });
  response.end(stream ? "data: [DONE]\n\n" : JSON.stringify({ text: tokens.join("") }));
}

serve({
  port: Number(env.GATEWAY_BIND_PORT),
  routes: {
    "GET /healthz": (_, response) => json(response, 200, { status: "ok" }),
    "POST /v1/chat/completions": complete,
  },
  onStop: async () => {
    redis.close();
    await database.end();
  },
});
