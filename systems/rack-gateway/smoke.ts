import type { SmokeList } from "../../release/smoke";

/** What a working Rack Gateway answers. Sign-on goes through Google, so a person tries that. */
export const smoke: SmokeList<{ healthPath: string }> = ({ settings, host }) => {
  const gateway = { service: "gateway", host: host("gateway") };
  return [
    {
      shows: "the gateway is healthy",
      ...{ ...gateway, path: settings.healthPath, status: 200, body: /"status"\s*:\s*"ok"/ },
    },
    {
      shows: "the web interface is served, with the gateway's own headers",
      ...{ ...gateway, path: "/", status: 200 },
      answers: {
        "content-type": /^text\/html/,
        "content-security-policy": /frame-ancestors 'none'/,
        "x-content-type-options": "nosniff",
      },
    },
  ];
};
