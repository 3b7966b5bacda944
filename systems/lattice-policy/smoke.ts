import type { SmokeList } from "../../release/smoke";

/** Settings of the application that decide where it answers. */
interface Settings {
  readonly appHost?: string;
  readonly apiHost?: string;
  readonly routing: "hosts" | "path";
}

/** What a working LatticePolicy answers. */
export const smoke: SmokeList = ({ stack, settings }) => {
  const { appHost, apiHost, routing } = settings as Settings;
  const app = appHost ?? `app.${stack.domain}`;
  const api = routing === "path" ? app : (apiHost ?? `api.${stack.domain}`);
  return [
    {
      shows: "the API answers and reaches its database",
      service: "api",
      host: api,
      path: "/health",
      status: 200,
    },
    {
      shows: "the browser app is served",
      service: "ui",
      host: app,
      path: "/",
      status: 200,
      answers: { "content-type": /^text\/html/, "x-content-type-options": "nosniff" },
      body: /<html/i,
    },
  ];
};
