import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { caddyConfig } from "../../providers/docker/caddy-config";
import { EDGE_PORTS } from "../../policy/lib/net/docker";
import { FACTS, FULL } from "./support";

/** The edge's own Caddy, where somebody has built it: `PORTOLAN_EDGE_BINARY`. */
const CADDY = process.env.PORTOLAN_EDGE_BINARY;

interface Config {
  readonly apps: { readonly http: { readonly http_port: number; readonly https_port: number } };
}

const text = (value: unknown): string => JSON.stringify(value);

describe("the edge's configuration", () => {
  test("dials the replicas it is given, and no others", () => {
    const dials = [...text(caddyConfig(FULL, FACTS)).matchAll(/"dial":"([^"]+)"/g)];
    expect(dials.map(([, dial]) => dial).sort()).toEqual(["api-1:3000", "api-2:3000", "ui-1:8080"]);
  });

  test("refuses TLS below 1.2 and leaves port 80 to redirects", () => {
    const { apps } = caddyConfig(FULL, FACTS) as never as {
      apps: { http: { servers: Record<string, Record<string, unknown>> } };
    };
    const { edge, redirect } = apps.http.servers;
    expect(edge?.tls_connection_policies).toEqual([{ protocol_min: "tls1.2" }]);
    expect(text(redirect)).toContain('"status_code":308');
    expect(text(redirect)).not.toContain("reverse_proxy");
  });

  test("listens where the policies take it for the edge", () => {
    const { http_port, https_port } = (caddyConfig(FULL, FACTS) as never as Config).apps.http;
    expect([http_port, https_port]).toEqual(EDGE_PORTS);
  });

  test("sends the specific paths of a host before the rest", () => {
    const config = text(caddyConfig(FULL, FACTS));
    expect(config.indexOf('"value":"api"')).toBeLessThan(config.indexOf('"value":"ui"'));
  });

  test.each([
    ["acme", "acme"],
    ["internal", "internal"],
  ] as const)("asks %s for certificates", (certificates, module) => {
    const config = text(caddyConfig(FULL, { ...FACTS, certificates }));
    expect(config).toContain(`"issuers":[{"module":"${module}"`);
  });

  (CADDY ? test : test.skip)("is accepted by Caddy itself (PORTOLAN_EDGE_BINARY)", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "edge-"));
    const config = caddyConfig(FULL, FACTS) as Record<string, unknown>;
    const file = path.join(folder, "caddy.json");
    // Outside the container the log file has no folder.
    const logs = text(config).replaceAll("/var/log/caddy", folder);
    fs.writeFileSync(file, logs);
    const run = spawnSync(CADDY ?? "", ["validate", "--config", file], { encoding: "utf8" });
    fs.rmSync(folder, { recursive: true });
    expect(run.status === 0 ? run.stdout : run.stderr).toContain("Valid configuration");
  });
});
