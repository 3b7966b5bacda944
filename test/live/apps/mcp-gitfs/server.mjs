// Stand-in for a workspace of Octoprox; see ../README.md.
import { json, serve } from "/app/lib/server.mjs";

serve({ port: 7000, routes: { "GET /health": (_, response) => json(response, 200, {}) } });
