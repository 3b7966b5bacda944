import { containersOf, variable } from "../clouds/docker";
import { READERS } from "../clouds/readers";
import type { Properties } from "../support/deployed";
import { all, environment } from "./checks";
import {
  container,
  edgeConfig,
  handlers,
  isRestricted,
  isSealed,
  membersOf,
  NETWORK,
  NO_PORTS,
  networksOf,
  published,
  replica,
  servesHttps,
  VOLUME,
  watched,
} from "./docker-parts";
import { rackGatewayOn } from "./rack-gateway";
import type { Checks } from "./statements";

const COMMON = rackGatewayOn(READERS.docker);

/** How Rack Gateway's acceptance list shows on a Docker host. */
export const DOCKER: Checks = {
  ...COMMON,

  2: ({ prod }) => {
    expect(READERS.docker.workload(prod, "db").images[0]).toMatch(/postgres:16\./);
    // A volume has no quota: the host's disk is watched.
    expect(watched(prod)).toContain("db-storage");
  },
  3: ({ prod }) => {
    const { cpus, memory } = replica(prod, "gateway").inputs;
    expect(Number(cpus)).toBeGreaterThanOrEqual(0.25);
    expect(memory).toBeGreaterThanOrEqual(256);
  },
  7: servesHttps("gateway.example.com"),
  8: ({ prod }) => {
    expect(published(prod)).toEqual({ "edge-server": [443, 80] });
    const ports = container(prod, "edge-server").inputs["ports"] as { ip: string }[];
    expect(ports.map(({ ip }) => ip)).toEqual(["10.8.0.1", "10.8.0.1"]);
  },
  9: all(
    environment(READERS.docker, "gateway", {
      RGW_SETTING_MFA_REQUIRE_ALL_USERS: "true",
      AUDIT_ANCHOR_BUCKET: "rack-gateway-prod-anchors",
      AUDIT_ANCHOR_RETENTION_DAYS: "400",
      AWS_ENDPOINT_URL_S3: "https://anchors:9000",
    }),
    ({ prod }) => {
      expect(READERS.docker.workload(prod, "gateway").secrets).toMatchObject({
        AWS_ACCESS_KEY_ID: "anchor-access-key-id",
        AWS_SECRET_ACCESS_KEY: "anchor-secret-access-key",
      });
    },
  ),
  10: ({ prod }) => {
    const run = container(prod, "anchors-bucket-run");
    expect(run.outputs["exitCode"]).toBe(0);
    expect([variable(run, "MODE"), variable(run, "DAYS")]).toEqual(["compliance", "400d"]);
    const script = (run.inputs["command"] as string[]).join(" ");
    expect(script).toContain("mc mb --ignore-existing --with-lock");
    expect(script).toContain("mc version enable");
    expect(script).toContain("mc retention set --default");
    const server = container(prod, "anchors-server");
    expect(variable(server, "MINIO_KMS_AUTO_ENCRYPTION")).toBe("on");
    expect(server.inputs["ports"] ?? []).toEqual([]);
    expect(prod.one(NETWORK, "anchors-network").inputs["internal"]).toBe(true);
  },
  11: ({ prod }) => {
    // Objects are encrypted and locked by the store's defaults; deletes are denied to the writer.
    const policy = variable(container(prod, "anchors-bucket-run"), "POLICY");
    const [denied] = (JSON.parse(policy)["Statement"] as Properties[]).filter(
      ({ Effect }) => Effect === "Deny",
    );
    expect(denied?.["Action"]).toEqual(
      expect.arrayContaining(["s3:DeleteObject", "s3:DeleteObjectVersion"]),
    );
  },
  12: ({ prod }) => {
    const policy = variable(container(prod, "anchors-bucket-run"), "POLICY");
    const allowed = (JSON.parse(policy)["Statement"] as Properties[])
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action }) => Action as string[]);
    expect(allowed).toContain("s3:PutObject");
    expect(allowed.filter((action) => /Delete|Bypass|\*/.test(action))).toEqual([]);
    const gateways = containersOf(prod, "gateway").map(({ name }) => name);
    expect(membersOf(prod, "rack-gateway-prod-anchors")).toEqual(
      ["anchors-bucket-run", "anchors-server", ...gateways].sort(),
    );
  },
  13: ({ prod }) => {
    expect(prod.one(VOLUME, "anchors-data")).toMatchObject({ protect: true, retainOnDelete: true });
    const key = prod.one("random:index/randomBytes:RandomBytes", "anchors-encryption-key");
    expect(key.protect).toBe(true);
  },
  14: ({ prod }) => {
    expect(prod.one(NETWORK, "db-network").inputs["internal"]).toBe(true);
    const gateways = containersOf(prod, "gateway").map(({ name }) => name);
    expect(membersOf(prod, "rack-gateway-prod-db")).toEqual(
      [...["db-backup", "db-bootstrap-run", "db-server", "migrate-run"], ...gateways].sort(),
    );
    isSealed(prod, "db");
  },
  15: ({ prod }) => {
    // No point in time between two dumps: the parity table says so.
    expect(Number(variable(container(prod, "db-backup"), "BACKUP_DAYS"))).toBeGreaterThanOrEqual(
      30,
    );
    expect(prod.one(VOLUME, "db-data").protect).toBe(true);
  },
  16: all(COMMON[16], ({ prod }) => {
    // Containers' logs are kept by size, as Docker counts no days; the edge's are kept by days.
    expect(edgeConfig(prod)["logging"].logs.access.writer.roll_keep_days).toBe(400);
  }),
  19: ({ prod }) => {
    const [proxy] = handlers(prod, "reverse_proxy");
    expect(proxy?.["health_checks"].active.uri).toBe("/api/v1/health");
    expect(replica(prod, "gateway").inputs["healthcheck"].tests).toContain(
      "http://127.0.0.1:8080/api/v1/health",
    );
  },
  22: ({ prod }) => isRestricted(replica(prod, "gateway")),
  23: ({ prod }) =>
    // The update warns of what only the engine or the log's reader could tell.
    expect(watched(prod)).toEqual(
      expect.arrayContaining([
        ...["gateway-unhealthy", "gateway-errors-critical", "gateway-errors-warning"],
        ...["gateway-latency", "db-connections", "db-storage"],
      ]),
    ),
  24: ({ prod }) => {
    const [proxy] = handlers(prod, "reverse_proxy");
    expect(proxy).toMatchObject({
      transport: { read_timeout: "3600s", write_timeout: "3600s" },
      load_balancing: { selection_policy: { policy: "cookie" } },
    });
    expect(edgeConfig(prod)["apps"].http.servers.edge.idle_timeout).toBe("3600s");
  },
  25: {
    check: ({ prod }) =>
      expect(networksOf(replica(prod, "gateway"))).toEqual(
        ["anchors", "db", "edge-gateway", "gateway-callers", "gateway-egress"].map(
          (name) => `rack-gateway-prod-${name}`,
        ),
      ),
    missing: NO_PORTS,
  },
};
