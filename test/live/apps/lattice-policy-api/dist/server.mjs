// Stand-in for LatticePolicy's API; see ../../README.md.
import { Redis } from "/app/lib/redis.mjs";
import * as settings from "/app/lib/settings.mjs";
import { audit, bodyOf, json, serve } from "/app/lib/server.mjs";
import db from "./db.js";

const withCache = (value, env) => {
  if (value !== undefined && value !== "1") return "is neither 1 nor absent";
  return (value === "1") === Boolean(env.REDIS_URL) ? undefined : "does not fit REDIS_URL";
};

const env = settings.readSettings({
  NODE_ENV: settings.is("production"),
  PORT: settings.is("3000"),
  LOG_LEVEL: settings.is("info"),
  MFA_ISSUER: settings.is("LatticePolicy"),
  DEPLOYMENT_ENV: settings.oneOf("staging", "production", "test", "validation"),
  ALLOWED_ORIGINS: settings.origins,
  ASYNC_PUSH_ENABLED: settings.oneOf("0", "1"),
  DATABASE_URL: settings.postgresUrl,
  JWT_SECRET: settings.secret(32, "CUSTOMER_DATA_KEY", "MFA_TOKEN_SECRET"),
  CUSTOMER_DATA_KEY: settings.secret(32, "MFA_TOKEN_SECRET"),
  MFA_TOKEN_SECRET: settings.secret(32),
  CACHE_ENABLED: withCache,
  REDIS_URL: (value) => (value === undefined ? undefined : settings.redisUrl(value)),
});

const CACHE_SECONDS = 120;
const JSON_LIMIT = 25 * 2 ** 20;
const cache = env.REDIS_URL ? new Redis(env.REDIS_URL) : undefined;
const up = (asked) => asked.then(() => "up").catch(() => "down");

async function health(_, response) {
  const database = await up(db.query("SELECT 1"));
  const cached = cache ? await up(cache.command("PING")) : "off";
  const well = database === "up" && env.STAND_IN_FAULT !== "never-healthy";
  json(response, well ? 200 : 503, { db: database, cache: cached });
}

async function makePolicy(request, response) {
  const { holder, premium } = JSON.parse(await bodyOf(request, JSON_LIMIT));
  const { rows } = await db.query(
    "INSERT INTO policies (holder, premium) VALUES ($1, $2) RETURNING *",
    [holder, premium],
  );
  audit("policy.created", { id: rows[0].id });
  json(response, 201, rows[0]);
}

async function readPolicy(_, response, url) {
  const id = url.pathname.split("/").at(-1);
  const known = await cache?.command("GET", `policy:${id}`).catch(() => null);
  if (known) {
    response.setHeader("X-Cache", "hit");
    return json(response, 200, JSON.parse(known));
  }
  const { rows } = await db.query("SELECT * FROM policies WHERE id = $1", [id]);
  if (!rows[0]) return json(response, 404, { error: "no such policy" });
  await cache
    ?.command("SET", `policy:${id}`, JSON.stringify(rows[0]), "EX", CACHE_SECONDS)
    .catch(() => {});
  json(response, 200, rows[0]);
}

async function logIn(request, response) {
  const { user } = JSON.parse(await bodyOf(request, JSON_LIMIT));
  audit("login.refused", { user });
  json(response, 401, { error: "a stand-in knows nobody" });
}

await db.initDb();
serve({
  port: Number(env.PORT),
  routes: {
    "GET /health": health,
    "POST /auth/login": logIn,
    "POST /api/policies": makePolicy,
    "GET /api/policies/*": readPolicy,
  },
  onStop: async () => {
    cache?.close();
    await db.closeDb();
  },
});
