import type { CloudReader } from "../clouds/reader";
import { all, environment, nothingReadable, refuses, waitsFor } from "./checks";
import type { Application, Checks } from "./statements";

export const NEURONETZ_GATEWAY: Application = {
  title: "neuronetz-gateway",
  system: "neuronetz-gateway",
  statements: {
    1: "no container publishes a host port",
    2: "Ollama has no port mapping, address, balancer or ingress, and policy rejects one",
    3: "Ollama admits the gateway alone",
    4: "stores and Ollama are on the private network only, the gateway also on the proxy's",
    5: "the proxy's network is referred to, never made or destroyed",
    6: "the four containers have their fixed names",
    7: "the gateway carries the proxy's four variables with matching values",
    8: "with an edge of its own these variables are absent and only the edge publishes 80 and 443",
    9: "the two fronts cannot be combined",
    10: "GET /healthz over HTTPS answers with a trusted certificate",
    11: "the four headers have their values, once each",
    12: "idle timeouts of every hop are above 600 s, buffering is off",
    13: "the trusted proxies are the front proxy exactly, and the client's address arrives",
    14: "the database's password is generated and secret, the URL uses asyncpg",
    15: "the log format is json in production",
    16: "PostgreSQL allows 30 connections per replica and a reserve",
    17: "with several replicas migrations run as a job before the rollout",
    18: "the gateway has at least 1 GiB",
    19: "model store and database are on persistent, encrypted storage",
    20: "the database is backed up daily, encrypted",
    21: "a public address of an external Ollama is refused",
    22: "bodies over 256 KiB are rejected",
    23: "tenant keys appear in no log, state or plan",
    24: "alarms for health, errors, audit deny mode, empty model set, disk and certificate",
    25: "running generations may finish, and shorter limits are documented",
  },
  released: ["gateway"],
  migrations: ["migrate"],
  services: ["gateway"],
};

/** The statements that every cloud answers in the same way; most go on with a cloud's own part. */
export const neuronetzOn = (reader: CloudReader) =>
  ({
    9: refuses(
      "neuronetz-gateway",
      { front: "nginx-proxy", certificateEmail: "ops@example.com" },
      /^portolan:settings.front: nginx-proxy runs on Docker hosts/,
      { cloud: "aws" },
    ),
    14: all(nothingReadable(reader, 2), ({ prod }) => {
      expect(reader.secrets(prod)["database-url"]).toMatch(
        /^postgresql\+asyncpg:\/\/neuronetz:[0-9a-f]{48}@.*ssl=require$/,
      );
    }),
    15: environment(reader, "gateway", { GATEWAY_LOG_FORMAT: "json" }),
    17: waitsFor(reader, "gateway", "migrate"),
    21: refuses(
      "neuronetz-gateway",
      { ollamaUrl: "http://203.0.113.7:11434", ollamaNetwork: "203.0.113.0/24" },
      /^portolan:settings.ollamaUrl: .*may be public/,
    ),
    22: environment(reader, "gateway", { MAX_REQUEST_BODY_BYTES: "262144" }),
    23: ({ prod, sealed }) => {
      // Keys of tenants are made inside the database by the gateway's own command, after the deployment.
      expect(JSON.stringify(sealed.resources)).not.toMatch(/nz_[A-Za-z0-9]{8}/);
      expect(prod.components("SecretBundle")).toHaveLength(1);
    },
  }) satisfies Checks;
