// Stand-in for Tailscale's router; see ../README.md.
import { json, serve } from "/app/lib/server.mjs";
import * as settings from "/app/lib/settings.mjs";

settings.readSettings({
  TS_AUTHKEY: settings.present,
  TS_USERSPACE: settings.is("true"),
  TS_STATE_DIR: settings.is("/tmp"),
  TS_SOCKET: settings.is("/tmp/tailscaled.sock"),
  TS_HOSTNAME: settings.matching(/^[a-z0-9-]+$/, "a host name"),
  // The private edge's own address, which is the loopback's on a host that tests something.
  TS_ROUTES: settings.matching(/^(10\.[\d.]+|127\.0\.0\.1)\/32$/, "a private address"),
  TS_EXTRA_ARGS: settings.matching(/^--advertise-tags=tag:[\w-]+(,tag:[\w-]+)*$/, "a list of tags"),
  TS_ENABLE_HEALTH_CHECK: settings.is("true"),
  TS_LOCAL_ADDR_PORT: settings.is("0.0.0.0:9002"),
});
await settings.writable("/tmp");
serve({ port: 9002, routes: { "GET /healthz": (_, response) => json(response, 200, {}) } });
