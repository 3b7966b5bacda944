import type { SmokeList } from "../../release/smoke";

/** A user for tests, as a bearer token. */
const TOKEN = "RAYRAY_SMOKE_TOKEN";

/** What a working RayRay answers. `/health/llm` is closed at the edge, and costs money. */
export const smoke: SmokeList = ({ host }) => {
  const api = { service: "api", host: host("api") };
  const me = "/api/users/me";
  const asUser = { headers: { authorization: `Bearer $${TOKEN}` }, needs: [TOKEN] };
  return [
    {
      shows: "the API is healthy",
      ...{ ...api, path: "/health", status: 200, body: /"status"\s*:\s*"healthy"/ },
    },
    { shows: "the API refuses strangers", ...api, path: me, status: 401 },
    { shows: "the API knows a user", ...api, path: me, status: 200, ...asUser },
    {
      shows: "the web app is served",
      ...{ service: "web", host: host("web"), path: "/", status: 200 },
      answers: { "content-type": /^text\/html/ },
    },
  ];
};
