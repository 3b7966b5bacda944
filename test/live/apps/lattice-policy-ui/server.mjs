// Stand-in for LatticePolicy's browser app; see ../README.md.
import { serve } from "/app/lib/server.mjs";

const api = process.env.BUILT_FOR_API;
if (!/^https:\/\/[^/]+$/.test(api ?? "")) {
  console.error(`stand-in: refused to start: VITE_API_BASE_URL was "${api ?? ""}" at build time`);
  process.exit(78);
}

const PAGE = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>LatticePolicy (stand-in)</title></head>
  <body>
    <h1>LatticePolicy</h1>
    <p>A stand-in: the deployment is real, the application is not. Its API is at ${api}.</p>
  </body>
</html>
`;

const page = (_, response) => {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
  response.end(PAGE);
};

serve({ port: 80, routes: { "GET /": page, "GET /*": page } });
