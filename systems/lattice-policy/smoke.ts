import type { SmokeList } from "../../release/smoke";

/** What a working LatticePolicy answers. A login for tests is the operator's: `release:smoke`. */
export const smoke: SmokeList<{ portal: boolean; portalPath: string }> = ({ settings, host }) => [
  {
    shows: "the API answers and reaches its database",
    ...{ service: "api", host: host("api"), path: "/health", status: 200 },
  },
  {
    shows: "the browser app is served",
    ...{ service: "ui", host: host("ui"), path: "/", status: 200 },
    answers: { "content-type": /^text\/html/ },
    body: /<html/i,
  },
  ...(settings.portal
    ? [
        {
          shows: "the customer portal answers, and shows nothing to strangers",
          ...{ service: "api", host: host("api"), path: settings.portalPath },
          status: [401, 403],
        },
      ]
    : []),
];
