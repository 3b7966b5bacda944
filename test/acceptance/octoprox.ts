import type { CloudReader } from "../clouds/reader";
import { all, generatedApart, nothingReadable } from "./checks";
import type { Application, Checks } from "./statements";

/** Headers of the application's guide. */
export const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "X-XSS-Protection": "1; mode=block",
  "Content-Security-Policy": "default-src 'self'",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
};

export const OCTOPROX: Application = {
  title: "Octoprox",
  system: "octoprox",
  statements: {
    1: "the manager runs on a host with its own Docker engine, not on a serverless platform",
    2: "the manager has no mount of the socket; DOCKER_HOST is the filter",
    3: "the filter publishes no port and shares a network with its client alone",
    4: "the filter allows what provisioning needs; exec, build, secrets, swarm and auth are off",
    5: "8080 is reached from the edge alone, which has 443 and 80",
    6: "PUBLIC_BASE_URL is the stack's HTTPS address",
    7: "the two keys are generated, long, different, on one line and stable",
    8: "the administrator's password is generated, the name is not admin",
    9: "the secrets file has mode 600, and no secret is in the plan",
    10: "/internal/* and its prefixed form are answered with 404 or 403",
    11: "the five headers and HSTS have their values",
    12: "the 61st authentication request within a minute gets 429",
    13: "the manager is not root, read-only, without capabilities and new privileges",
    14: "one manager writes to the SQLite file",
    15: "the database's volume is on an encrypted disk and survives container and machine",
    16: "daily encrypted backups, 7 kept, one before each release",
    17: "backups hold no plain secrets",
    18: "image tags are immutable, and the previous one stays on the host",
    19: "the workspace image is there before the manager starts",
    20: "the network is called mcpnet and equals DOCKER_NETWORK",
    21: "workspaces cannot reach the metadata address",
    22: "the machine has no public address, no SSH port, and metadata v2 with one hop",
    23: "the edge rewrites the forwarded-for header",
    24: "alarms for health, errors, latency, disk and backup age",
    25: "the checks run after each deployment and block it",
    26: "a destroy keeps the data volume in production",
  },
  released: ["manager", "workspace"],
  migrations: [],
  services: [],
};

/** The statements that every cloud answers in the same way; most go on with a cloud's own part. */
export const octoproxOn = (reader: CloudReader) =>
  ({
    7: all(generatedApart(reader, ["secret-key", "jwt-secret-key"]), ({ prod }) => {
      for (const name of ["secret-key", "jwt-secret-key"]) {
        expect(reader.secrets(prod)[name]).not.toContain("\n");
      }
    }),
    8: ({ prod }) => {
      const { inputs } = prod.component("host");
      const { env } = inputs["containers"]["workspace-manager"];
      expect(env["BOOTSTRAP_ADMIN_USERNAME"]).not.toBe("admin");
      expect(
        Buffer.from(reader.secrets(prod)["bootstrap-admin-password"] ?? "", "base64"),
      ).toHaveLength(24);
    },
    9: nothingReadable(reader, 3),
  }) satisfies Checks;
