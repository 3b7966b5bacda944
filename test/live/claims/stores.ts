import { revealed } from "../../support/deployed";
import type { Claim } from "../support/acceptance";
import { insideJson } from "../support/helper";
import type { LiveStack } from "../support/live-stack";

/** Queries as the administrator, over the wire, from the network of a client. */
const QUERIES = `
import pg from "pg";
const { HOST, ADMIN_PASSWORD, DATABASE, CA, PARAMETERS } = process.env;
const attempt = async (options) => {
  const client = new pg.Client({ host: HOST, user: "postgres", database: DATABASE, password: ADMIN_PASSWORD, ...options });
  try { await client.connect(); await client.end(); return "connected"; } catch (error) { return error.message; }
};
const ssl = { ca: CA, servername: HOST };
const client = new pg.Client({ host: HOST, user: "postgres", database: DATABASE, password: ADMIN_PASSWORD, ssl });
await client.connect();
const one = async (text) => Object.values((await client.query(text)).rows[0] ?? {})[0];
const rows = async (text) => (await client.query(text)).rows;
const shown = {};
for (const name of JSON.parse(PARAMETERS)) {
  shown[name] = await one("SHOW " + name);
}
console.log(JSON.stringify({
  plain: await attempt({ ssl: false }),
  wrongPassword: await attempt({ ssl, password: "wrong" }),
  old: await attempt({ ssl: { ...ssl, maxVersion: "TLSv1.1", minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } }),
  shown,
  hashes: await rows("SELECT rolname AS role, left(rolpassword, 13) AS hash FROM pg_authid WHERE rolpassword IS NOT NULL ORDER BY 1"),
  owners: await rows("SELECT r.rolname AS name, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE datname = current_database()"),
  extensions: (await rows("SELECT extname AS name FROM pg_extension ORDER BY 1")).map(({ name }) => name),
  ownedBy: (await rows("SELECT DISTINCT tableowner AS name FROM pg_tables WHERE schemaname = 'public'")).map(({ name }) => name),
}));
await client.end();`;

/** What every server shows. */
const PARAMETERS = {
  ssl: "on",
  password_encryption: "scram-sha-256",
  ssl_min_protocol_version: "TLSv1.2",
  data_checksums: "on",
};

interface Postgres {
  readonly plain: string;
  readonly wrongPassword: string;
  readonly old: string;
  readonly shown: Record<string, string>;
  readonly hashes: { role: string; hash: string }[];
  readonly owners: Record<string, unknown>[];
  readonly extensions: string[];
  readonly ownedBy: string[];
}

export interface StoreFacts {
  /** Component of the database, its name, its owner, and who connects to it. */
  readonly database: string;
  readonly name: string;
  readonly owner: string;
  readonly client: string;
  readonly extensions: readonly string[];
  /** Version of the server and further parameters, as it shows them. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Component of the cache, its eviction policy. Without one there is none. */
  readonly cache?: string;
  readonly eviction?: string;
}

/** PostgreSQL and Redis, asked over the wire by somebody with the same network as their client. */
export function stores(stack: LiveStack, facts: StoreFacts): Claim {
  describe("stores", () => {
    const secretOf = async (name: string, output: string): Promise<string> => {
      const deployed = await stack.export();
      const found = deployed.resources.find((each) => each.name === name);
      return String(revealed(found?.outputs[output]));
    };

    test("PostgreSQL takes scram over TLS 1.2 or newer and nothing else", async () => {
      const { database, client } = facts;
      const { Id } = await stack.container(client);
      const parameters = { ...PARAMETERS, ...facts.parameters };
      const seen = await insideJson<Postgres>(QUERIES, {
        network: Id,
        env: {
          HOST: database,
          DATABASE: facts.name,
          ADMIN_PASSWORD: await secretOf(`${database}-admin-password`, "hex"),
          CA: await secretOf(`${database}-ca`, "certPem"),
          PARAMETERS: JSON.stringify(Object.keys(parameters)),
        },
      });
      expect(seen.plain).toMatch(/no pg_hba.conf entry .* no encryption/);
      expect(seen.wrongPassword).toMatch(/password authentication failed/);
      expect(seen.old).toMatch(/alert protocol version|no protocols|unsupported protocol|version/i);
      expect(seen.shown).toEqual(parameters);
      expect(seen.hashes.map(({ hash }) => hash)).toEqual(seen.hashes.map(() => "SCRAM-SHA-256"));
      expect(seen.owners).toEqual([
        {
          name: facts.owner,
          ...{ rolsuper: false, rolcreaterole: false, rolcreatedb: false },
          ...{ rolreplication: false, rolbypassrls: false },
        },
      ]);
      expect(seen.ownedBy).toEqual([facts.owner]);
      expect(seen.extensions).toEqual(expect.arrayContaining([...facts.extensions]));
    });

    const { cache } = facts;
    if (cache === undefined) return;

    test("Redis takes a password over TLS and keeps nothing on disk", async () => {
      const { client, eviction } = facts;
      const { Id } = await stack.container(client);
      const script = `
        import net from "node:net";
        import tls from "node:tls";
        const { HOST, PASSWORD, CA } = process.env;
        const say = (socket, lines) => new Promise((resolve) => {
          let text = "";
          socket.on("data", (data) => (text += data)).on("error", (error) => resolve(error.message)).on("close", () => resolve(text));
          socket.write(lines.join("\\r\\n") + "\\r\\nQUIT\\r\\n");
        });
        const open = () => tls.connect({ host: HOST, port: 6379, servername: HOST, ca: CA });
        console.log(JSON.stringify({
          plain: await say(net.connect(6379, HOST), ["PING"]),
          nobody: await say(open(), ["PING"]),
          known: await say(open(), ["AUTH " + PASSWORD, "CONFIG GET maxmemory-policy", "CONFIG GET save", "CONFIG GET appendonly"]),
        }));`;
      const seen = await insideJson<Record<string, string>>(script, {
        network: Id,
        env: {
          HOST: cache,
          PASSWORD: await secretOf(`${cache}-password`, "hex"),
          CA: await secretOf(`${cache}-ca`, "certPem"),
        },
      });
      expect(seen["plain"]).not.toContain("PONG");
      expect(seen["nobody"]).toContain("NOAUTH");
      expect(seen["known"]).toMatch(new RegExp(`maxmemory-policy\\r\\n\\$\\d+\\r\\n${eviction}`));
      expect(seen["known"]).toMatch(/appendonly\r\n\$2\r\nno/);
    });
  });
  return "stores";
}
