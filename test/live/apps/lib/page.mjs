import { serve } from "./server.mjs";

/** A browser app of one page, built for the address of its API. */
export function servePage({ title, variable, port }) {
  const api = process.env.BUILT_FOR_API;
  if (!/^https:\/\/[^/]+$/.test(api ?? "")) {
    console.error(`stand-in: refused to start: ${variable} was "${api ?? ""}" at build time`);
    process.exit(78);
  }
  const text = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>${title} (stand-in)</title></head>
  <body>
    <h1>${title}</h1>
    <p>A stand-in: the deployment is real, the application is not. Its API is at ${api}.</p>
  </body>
</html>
`;
  const page = (_, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(text);
  };
  serve({ port, routes: { "GET /": page, "GET /*": page } });
}
