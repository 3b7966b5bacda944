// Stand-in for Octoprox's workspace manager; see ../README.md.
import { audit, json, serve } from "/app/lib/server.mjs";
import * as settings from "/app/lib/settings.mjs";
import { query } from "./database.mjs";
import { engineOf } from "./engine.mjs";

const oneLine =
  (length, ...others) =>
  (value, env) =>
    value?.includes("\n")
      ? "has more than one line"
      : settings.secret(length, ...others)(value, env);

const env = settings.readSettings({
  SECRET_KEY: oneLine(32, "JWT_SECRET_KEY"),
  JWT_SECRET_KEY: oneLine(64),
  BOOTSTRAP_ADMIN_USERNAME: (value) =>
    !value || value === "admin" ? "is missing or admin" : undefined,
  BOOTSTRAP_ADMIN_PASSWORD: oneLine(24),
  PUBLIC_BASE_URL: settings.matching(/^https:\/\/[^/]+$/, "an https address"),
  DATABASE_URL: settings.is("sqlite:///./data/manager.db"),
  JWT_ALGORITHM: settings.is("HS256"),
  JWT_ACCESS_TOKEN_EXPIRE_MINUTES: settings.is("15"),
  NEXUSGATE_INTEGRATION_ENABLED: settings.oneOf("true", "false"),
  API_RATE_LIMIT: settings.matching(/^\d+$/, "a number"),
  AUTH_RATE_LIMIT: settings.matching(/^\d+$/, "a number"),
  PURGE_INTERVAL_SECONDS: settings.matching(/^\d+$/, "a number"),
  WORKSPACE_IMAGE: settings.matching(/^mcp-gitfs:(?!latest$).+$/, "a pinned image"),
  DOCKER_NETWORK: settings.is("mcpnet"),
  DOCKER_HOST: settings.is("tcp://socket-proxy:2375"),
  ENFORCE_HTTPS: settings.is("true"),
  WEB_CONCURRENCY: settings.is("1"),
});
await settings.writable("/app/data");

const database = (sql, values) => query("/app/data/manager.db", sql, values);
const engine = engineOf(env.DOCKER_HOST);
await database("CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY)");
await database("CREATE TABLE IF NOT EXISTS workspaces (name TEXT PRIMARY KEY, container TEXT)");
await database("INSERT OR IGNORE INTO users VALUES (?)", [env.BOOTSTRAP_ADMIN_USERNAME]);

const isWell = (asked) => asked.then(() => true).catch(() => false);

async function health(_, response) {
  const [db, docker] = await Promise.all([
    isWell(database("SELECT count(*) FROM users")),
    isWell(engine.well()),
  ]);
  const healthy = docker && env.STAND_IN_FAULT !== "never-healthy";
  const checks = { database: { healthy: db }, docker: { healthy } };
  json(response, 200, { status: db && healthy ? "healthy" : "degraded", checks });
}

function logIn(_, response) {
  audit("authentication failed");
  json(response, 401, { error: "a stand-in knows nobody" });
}

const nameOf = ({ pathname }) => `ws_${pathname.split("/").at(-1)}`;

async function makeWorkspace(_, response, url) {
  const name = nameOf(url);
  const container = await engine.make(name, env.WORKSPACE_IMAGE, env.DOCKER_NETWORK);
  await database("INSERT INTO workspaces VALUES (?, ?)", [name, container]);
  audit("workspace.created", { name });
  json(response, 201, { name, container });
}

async function removeWorkspace(_, response, url) {
  await engine.remove(nameOf(url));
  await database("UPDATE workspaces SET container = NULL WHERE name = ?", [nameOf(url)]);
  audit("workspace.removed", { name: nameOf(url) });
  json(response, 200, {});
}

const listWorkspaces = async (_, response) =>
  json(response, 200, await database("SELECT name FROM workspaces"));

serve({
  port: 8000,
  routes: {
    "GET /": (_, response) => json(response, 200, { page: "Octoprox (stand-in)" }),
    "GET /health": (_, response) => json(response, 200, { status: "ok" }),
    "GET /api/v1/health": health,
    "GET /api/v1/users": (_, response) => json(response, 401, { error: "no token" }),
    "POST /api/v1/auth/login": logIn,
    // Believes callers to be inside: nobody from outside may ever get here.
    "GET /internal/*": (_, response) => json(response, 200, { internal: true }),
    "GET /api/stand-in/workspaces": listWorkspaces,
    "POST /api/stand-in/workspaces/*": makeWorkspace,
    "DELETE /api/stand-in/workspaces/*": removeWorkspace,
  },
});
