// Stand-in for Rack Gateway; see ../README.md.
import { createHmac } from "node:crypto";
import { poolOf } from "/app/lib/database.mjs";
import { audit, json, serve } from "/app/lib/server.mjs";
import { refuse } from "/app/lib/settings.mjs";
import { anchor } from "./anchors.mjs";
import { env } from "./settings.mjs";

const database = poolOf(env.DATABASE_URL, 25);

/** One entry of the audit trail, chained to the one before. */
async function chained(event) {
  const { rows } = await database.query(
    "SELECT chained FROM audit.events ORDER BY id DESC LIMIT 1",
  );
  const link = createHmac("sha256", env.AUDIT_HMAC_SECRET)
    .update(rows[0]?.chained ?? "")
    .update(event)
    .digest();
  await database.query("INSERT INTO audit.events (event, chained) VALUES ($1, $2)", [event, link]);
  audit(event);
  return link.toString("hex");
}

// The gateway's login may change rows and no tables.
const mayMake = await database.query("CREATE TABLE not_mine (n int)").then(
  () => true,
  () => false,
);
if (mayMake) refuse("its login may make tables");
await chained("gateway.started").catch((error) => refuse(`audit trail: ${error.message}`));
if (env.AUDIT_ANCHOR_BUCKET) await anchor(env, () => chained("audit.anchored"));

/** The gateway sends its own headers, with a policy that an edge must not replace. */
function before(_, response) {
  response.setHeader("Strict-Transport-Security", "max-age=31536000");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("X-XSS-Protection", "1; mode=block");
  const policy = "default-src 'self'; script-src 'nonce-c3RhbmQtaW4='; frame-ancestors 'none'";
  response.setHeader("Content-Security-Policy", policy);
  return false;
}

function logIn(_, response) {
  const address = new URL("https://accounts.google.com/o/oauth2/v2/auth");
  address.searchParams.set("client_id", env.GOOGLE_CLIENT_ID);
  address.searchParams.set("hd", env.GOOGLE_ALLOWED_DOMAIN);
  address.searchParams.set("redirect_uri", `https://${env.DOMAIN}/api/v1/auth/web/callback`);
  response.writeHead(302, { Location: address.href }).end();
}

async function proxied(_, response) {
  await chained("rack.refused");
  json(response, 401, { error: "a stand-in knows nobody" });
}

serve({
  port: Number(env.PORT),
  before,
  sockets: ["/api/v1/rack-proxy/logs"],
  routes: {
    "GET /": (_, response) => json(response, 200, { page: "Rack Gateway (stand-in)" }),
    "GET /api/v1/health": (_, response) => json(response, 200, { status: "ok" }),
    "GET /api/v1/auth/web/login": logIn,
    "POST /api/v1/rack-proxy/*": proxied,
  },
  onStop: () => database.end(),
});
