import type { SmokeList } from "../../release/smoke";

/** What a working Octoprox answers through its edge; the host's own checks ask it from inside. */
export const smoke: SmokeList = ({ host }) => {
  const base = { service: "host", host: host("host") };
  return [
    {
      shows: "Octoprox is healthy",
      ...{ ...base, path: "/api/v1/health", status: 200, body: /"status"/ },
    },
    {
      shows: "users are not listed to strangers",
      ...{ ...base, path: "/api/v1/users", status: [401, 403] },
    },
    { shows: "internal paths are closed", ...base, path: "/internal/", status: [403, 404] },
  ];
};
