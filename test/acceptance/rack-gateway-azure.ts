import { READERS } from "../clouds/readers";
import type { Properties } from "../support/deployed";
import {
  ADDRESS,
  admitted,
  alerts,
  configuration,
  container,
  databaseIsPrivate,
  ENVIRONMENT,
  GATEWAY,
  gatewayPart,
  gatewayServesHttps,
  onlyTheseAddresses,
  prefix,
  reaches,
  readable,
  readiness,
  SERVER,
  variable,
} from "./azure-parts";
import { all, environment, leadsTo } from "./checks";
import { rackGatewayOn } from "./rack-gateway";
import type { Checks } from "./statements";

/** The gateway writes anchors through the S3 API, which no store of Azure speaks. */
const ELSEWHERE = {
  notApplicable:
    "anchors go through the S3 API, which Azure's storage does not speak: the bucket is the operator's, elsewhere",
};

const COMMON = rackGatewayOn(READERS.azure);

/** How Rack Gateway's acceptance list shows on Azure. */
export const AZURE: Checks = {
  ...COMMON,

  2: ({ prod }) => {
    const { version, storage } = prod.one(SERVER).inputs;
    expect(Number(version)).toBeGreaterThanOrEqual(14);
    expect((storage as Properties)["storageSizeGB"]).toBeGreaterThanOrEqual(10);
  },
  3: ({ prod }) => {
    const { cpu, memory } = container(prod, "gateway")["resources"] as Properties;
    expect(cpu).toBeGreaterThanOrEqual(0.25);
    expect(parseFloat(memory as string) * 1024).toBeGreaterThanOrEqual(256);
  },
  7: all(gatewayServesHttps, ({ prod, ...others }) => {
    const host = String(variable(prod, "gateway", "DOMAIN")?.["value"]);
    leadsTo(READERS.azure, { [`https://${host}/`]: "gateway" })({ prod, ...others });
  }),
  8: all(onlyTheseAddresses("network-outbound-address"), ({ prod }) => {
    for (const front of prod.one(GATEWAY).inputs["frontendIPConfigurations"] as Properties[]) {
      expect(front["publicIPAddress"]).toBeUndefined();
    }
    expect(admitted(prod, "gateway").filter((way) => /Internet|GatewayManager/.test(way))).toEqual(
      [],
    );
    expect(admitted(prod, "gateway").at(-1)).toBe("Deny * *");
  }),
  9: all(
    environment(READERS.azure, "gateway", { RGW_SETTING_MFA_REQUIRE_ALL_USERS: "true" }),
    ({ prod }) => {
      expect(variable(prod, "gateway", "AUDIT_ANCHOR_BUCKET")?.["value"]).toBe(
        "rack-gateway-anchors-example",
      );
      expect(variable(prod, "gateway", "AUDIT_ANCHOR_CHAIN_ID")?.["value"]).toBe("default-prod");
    },
  ),
  10: ELSEWHERE,
  11: ELSEWHERE,
  12: ELSEWHERE,
  13: ELSEWHERE,
  14: all(databaseIsPrivate, ({ prod }) => {
    expect(prod.one(SERVER).inputs["dataEncryption"]).toMatchObject({ type: "AzureKeyVault" });
    expect(readable(prod, "migrate")).toEqual(["admin-database-url"]);
    expect(readable(prod, "gateway")).not.toContain("admin-database-url");
    expect(readable(prod, "tailscale")).toEqual(["tailscale-auth-key"]);
  }),
  15: ({ prod }) => {
    const server = prod.one(SERVER);
    const { backupRetentionDays } = server.inputs["backup"] as Properties;
    expect(backupRetentionDays).toBeGreaterThanOrEqual(30);
    expect(server.protect).toBe(true);
    expect(prod.of("azure-native:authorization:ManagementLockByScope")).toHaveLength(1);
  },
  16: all(COMMON[16], ({ prod }) => {
    const workspace = prod.one("azure-native:operationalinsights:Workspace", "network-logs");
    expect(workspace.inputs["retentionInDays"]).toBe(400);
  }),
  19: ({ prod }) => {
    expect(readiness(prod, "gateway")["httpGet"]).toMatchObject({
      path: "/api/v1/health",
      port: 8080,
    });
    expect(gatewayPart(prod, "probes", "gateway")["path"]).toBe("/api/v1/health");
  },
  22: {
    notApplicable:
      "Container Apps can set neither: the image's USER line decides the user, and a read-only root cannot be had",
  },
  23: ({ prod }) =>
    expect(alerts(prod)).toEqual(
      expect.arrayContaining([
        ...["gateway-unhealthy", "gateway-errors-critical", "gateway-errors-warning"],
        ...["gateway-latency", "db-cpu", "db-connections", "db-storage", "anchors-missing"],
      ]),
    ),
  24: ({ staging, prod }) => {
    for (const [stack, seconds] of [
      [staging, 1800],
      [prod, 300],
    ] as const) {
      const { requestTimeout } = gatewayPart(stack, "backendHttpSettingsCollection", "gateway");
      expect(requestTimeout).toBe(seconds);
      const { requestIdleTimeout } = stack.one(ENVIRONMENT).inputs[
        "ingressConfiguration"
      ] as Properties;
      expect(requestIdleTimeout * 60).toBeGreaterThanOrEqual(seconds);
    }
    expect(staging.one(ADDRESS, "edge-address").inputs["idleTimeoutInMinutes"]).toBe(30);
    // Upgrades pass both proxies without a setting; a session stays with its replica.
    expect(configuration(prod, "gateway")["ingress"].stickySessions).toEqual({
      affinity: "sticky",
    });
  },
  25: ({ prod }) => {
    const own = ["apps", "postgres", "endpoints", "gateway"].map((each) => prefix(prod, each));
    for (const way of reaches(prod, "apps").filter((each) => each.startsWith("Allow"))) {
      const [, to = "", port] = way.split(" ");
      if (!own.includes(to)) expect([to, port]).toEqual([to, "443"]);
    }
    expect(reaches(prod, "apps").slice(-2)).toEqual(["Deny VirtualNetwork *", "Deny Internet *"]);
  },
};
