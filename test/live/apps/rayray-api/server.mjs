// Stand-in for RayRay's API; see ../README.md.
import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import { poolOf, revisionOf } from "/app/lib/database.mjs";
import { clientOf, limiter } from "/app/lib/limits.mjs";
import { audit, bodyOf, json, serve } from "/app/lib/server.mjs";
import * as settings from "/app/lib/settings.mjs";
import { MIGRATIONS } from "./migrations.mjs";

const production = process.env.ENVIRONMENT !== "development";
const keyOf = (provider) => (value, env) =>
  env.LLM_PROVIDER === provider && !value ? "is missing" : undefined;

const env = settings.readSettings({
  DATABASE_URL: settings.postgresUrl,
  LLM_PROVIDER: settings.oneOf("openai", "anthropic", "openai_compatible"),
  LLM_MODEL: settings.present,
  OPENAI_API_KEY: keyOf("openai"),
  ANTHROPIC_API_KEY: keyOf("anthropic"),
  LLM_BASE_URL: keyOf("openai_compatible"),
  ENVIRONMENT: settings.oneOf("development", "staging", "production"),
  DEBUG: settings.is(production ? "false" : "true"),
  UPLOAD_DIR: settings.is("/var/lib/rayray/uploads"),
  JWT_SECRET: settings.matching(/^[0-9a-f]{64}$/, "64 hexadecimal digits"),
  JWT_ALGORITHM: settings.is("HS256"),
  JWT_EXPIRY_HOURS: settings.is("24"),
  RATE_LIMIT_ENABLED: production ? settings.is("true") : settings.optional,
});
await settings.writable(env.UPLOAD_DIR);

const database = poolOf(env.DATABASE_URL);
const revision = await revisionOf(database).catch(() => 0);
if (revision !== MIGRATIONS.length) {
  settings.refuse(
    `the schema is at ${revision} of ${MIGRATIONS.length}: the migration has not run`,
  );
}

/** The API sends them itself; whoever is in front must not make two of them. */
const HEADERS = {
  "X-Frame-Options": "DENY",
  "X-Content-Type-Options": "nosniff",
  "X-XSS-Protection": "1; mode=block",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Content-Security-Policy": "default-src 'self'; script-src 'self'",
  "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
  "Cache-Control": "no-store, no-cache, must-revalidate",
};

const limits = [
  ["/api/auth/", limiter(10)],
  ["/api/extract", limiter(20)],
  ["/api/documents/upload", limiter(30)],
  ["/api/", limiter(100)],
];

/** Headers of every answer; what is over a limit is answered here. */
function before(request, response, { pathname }) {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  const [, limit] = limits.find(([prefix]) => pathname.startsWith(prefix)) ?? [];
  if (!limit || pathname.startsWith("/api/stand-in/")) return false;
  const { left, allowed } = limit.take(clientOf(request));
  response.setHeader("X-RateLimit-Limit", allowed);
  response.setHeader("X-RateLimit-Remaining", Math.max(0, left));
  if (left >= 0) return false;
  console.log(JSON.stringify({ type: "log", message: "Rate limit exceeded", pathname }));
  json(response, 429, { error: "too many requests" });
  return true;
}

const health = (_, response) =>
  json(response, 200, { status: "healthy", version: env.STAND_IN_VERSION });

/** Costs a call of the provider: nothing that looks often may ask for it. */
function llmHealth(_, response) {
  audit("llm.called", { provider: env.LLM_PROVIDER });
  json(response, 200, { status: "healthy", provider: env.LLM_PROVIDER, model: env.LLM_MODEL });
}

async function logIn(request, response) {
  await bodyOf(request);
  audit("authentication failed");
  json(response, 401, { error: "a stand-in knows nobody" });
}

const me = (_, response) => json(response, 401, { error: "no token" });

async function upload(request, response) {
  const body = await bodyOf(request);
  const id = randomUUID();
  const sha256 = createHash("sha256").update(body).digest("hex");
  await fs.writeFile(`${env.UPLOAD_DIR}/${id}`, body);
  await database.query("INSERT INTO documents (id, bytes, sha256) VALUES ($1, $2, $3)", [
    ...[id, body.length, sha256],
  ]);
  audit("document.uploaded", { id, bytes: body.length });
  json(response, 201, { id, bytes: body.length, sha256 });
}

async function read(_, response, { pathname }) {
  const id = pathname.split("/").at(-1);
  const { rows } = await database.query("SELECT sha256 FROM documents WHERE id = $1", [id]);
  if (!rows[0]) return json(response, 404, { error: "no such document" });
  const body = await fs.readFile(`${env.UPLOAD_DIR}/${id}`);
  const sha256 = createHash("sha256").update(body).digest("hex");
  if (sha256 !== rows[0].sha256) audit("hash verification failed", { id });
  json(response, 200, { id, bytes: body.length, sha256 });
}

async function list(_, response) {
  json(response, 200, (await database.query("SELECT id, bytes FROM documents")).rows);
}

serve({
  port: 8000,
  before,
  routes: {
    "GET /health": health,
    "GET /health/llm": llmHealth,
    "POST /api/auth/login": logIn,
    "GET /api/users/me": me,
    "POST /api/documents/upload": upload,
    "GET /api/documents/list": list,
    "GET /api/documents/*": read,
  },
  onStop: () => database.end(),
});
