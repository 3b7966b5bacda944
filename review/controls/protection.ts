import type { Control } from "./control";
import {
  ALARMS,
  containerWith,
  DATABASE_SETTINGS,
  FIREWALLS,
  GENERATORS,
  NETWORKS,
  VAULTS,
} from "./types";

/** Access and protection of systems and communications. */
export const PROTECTION: readonly Control[] = [
  {
    id: "IA-5",
    title: "Authenticator management",
    requirements: [
      {
        text: "secrets are kept in a vault, or in files that their reader alone opens",
        types: VAULTS,
      },
      { text: "secrets and passwords are generated", types: GENERATORS },
      {
        text: "no secret is a plain value",
        rules: ["secret-in-environment", "secret-in-plain-property"],
      },
      {
        text: "passwords are stored with scram",
        types: DATABASE_SETTINGS,
        holds: /scram-sha-256/i,
      },
    ],
  },
  {
    id: "SC-5",
    title: "Denial-of-service protection",
    requirements: [
      {
        text: "a rate rule at the edge",
        types: FIREWALLS,
        holds: /rate_?based|rate_?limit|rateBased|throttle/i,
      },
      {
        text: "the edge has a firewall",
        rules: ["edge-firewall"],
        otherwise: [containerWith(/SecRuleEngine On/)],
      },
      {
        text: "connections to the database are limited",
        types: DATABASE_SETTINGS,
        holds: /max_connections/,
      },
      {
        text: "an alarm on breaches",
        types: ALARMS,
        holds: /BlockedRequests|rate.?limit|\b429\b|throttle/i,
      },
    ],
  },
  {
    id: "SC-7",
    title: "Boundary protection",
    requirements: [
      { text: "a private network", types: NETWORKS },
      {
        text: "no database is reached from the internet",
        rules: [
          "database-port-world",
          "database-public-endpoint",
          "database-firewall-world",
          "store-port-published",
        ],
      },
      { text: "a firewall in front of the API", types: FIREWALLS },
      {
        text: "no opening to the world besides the edge",
        rules: ["ingress-every-port", "admin-port-world", "public-address"],
      },
    ],
  },
  {
    id: "SC-8",
    title: "Transmission confidentiality and integrity",
    requirements: [
      {
        text: "TLS 1.2 or newer at the edge",
        rules: ["edge-https", "tls-version"],
        otherwise: [containerWith(/protocol_min\W+tls1\.[23]/)],
      },
      { text: "TLS to the stores is forced", rules: ["store-tls"] },
    ],
  },
];
