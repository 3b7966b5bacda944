import { READERS } from "../clouds/readers";
import { all } from "./checks";
import {
  alarm,
  container,
  database,
  databaseAddress,
  databaseAdmits,
  databaseIsKept,
  expectsUser,
  FIREWALL,
  hasAlarms,
  probes,
  reaches,
  SERVICE,
  settings,
  tagsAreImmutable,
  template,
} from "./gcp";
import { rackGatewayOn } from "./rack-gateway";
import type { Checks } from "./statements";

const common = rackGatewayOn(READERS.gcp);
const ELSEWHERE = {
  notApplicable:
    "the anchors' bucket is not this stack's: the gateway writes by the S3 API with its lock headers, which Cloud Storage does not speak",
};

/** How Rack Gateway's acceptance list shows on Google Cloud; production is at level maximum. */
export const RACK_GATEWAY_ON_GCP: Checks = {
  ...common,

  2: ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      const version = String(database(stack).inputs["databaseVersion"]).replace("POSTGRES_", "");
      expect(Number(version)).toBeGreaterThanOrEqual(14);
      expect(settings(stack)["diskSize"]).toBeGreaterThanOrEqual(10);
    }
  },
  3: ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      const { cpu, memory } = container(stack, "gateway")["resources"].limits;
      expect(Number(cpu)).toBeGreaterThanOrEqual(0.25);
      expect(Number.parseInt(memory as string)).toBeGreaterThanOrEqual(256);
    }
  },
  7: ({ prod }) => {
    expect(READERS.gcp.workload(prod, "gateway").env["DOMAIN"]).toBe("gateway.example.com");
    const proxy = prod.one("gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy").inputs;
    const certificate = prod.one("gcp:certificatemanager/certificate:Certificate");
    expect(proxy["certificateManagerCertificates"]).toEqual([
      `//certificatemanager.googleapis.com/${certificate.id}`,
    ]);
    expect(certificate.inputs["managed"].domains).toEqual(["gateway.example.com"]);
    expect(certificate.inputs["location"]).toBe("europe-west1");
    const policy = prod.one("gcp:compute/regionSslPolicy:RegionSslPolicy");
    expect(proxy["sslPolicy"]).toBe(policy.id);
    expect(policy.inputs["minTlsVersion"]).toBe("TLS_1_2");
    const redirect = prod.one("gcp:compute/regionUrlMap:RegionUrlMap", "edge-redirect").inputs;
    expect(redirect["defaultUrlRedirect"].httpsRedirect).toBe(true);
  },
  8: ({ staging, prod }) => {
    expect(prod.of("gcp:compute/globalForwardingRule:GlobalForwardingRule")).toEqual([]);
    const rules = prod.of("gcp:compute/forwardingRule:ForwardingRule");
    expect(rules).toHaveLength(2);
    for (const { inputs } of rules) expect(inputs["loadBalancingScheme"]).toBe("INTERNAL_MANAGED");
    const { inputs } = prod.one("gcp:compute/address:Address", "edge-address");
    expect(inputs["addressType"]).toBe("INTERNAL");
    for (const each of prod.of(SERVICE)) {
      expect(each.inputs["ingress"]).toMatch(/^INGRESS_TRAFFIC_INTERNAL_/);
    }
    const inward = prod.of(FIREWALL).filter((each) => each.inputs["direction"] === "INGRESS");
    expect(inward.map((each) => Boolean(each.inputs["denies"]))).toEqual([true]);
    // At level standard the same description is public.
    expect(staging.of("gcp:compute/globalForwardingRule:GlobalForwardingRule")).toHaveLength(2);
  },
  9: ({ prod }) => {
    const { env, secrets } = READERS.gcp.workload(prod, "gateway");
    expect(env).toMatchObject({
      RGW_SETTING_MFA_REQUIRE_ALL_USERS: "true",
      AUDIT_ANCHOR_BUCKET: "rack-gateway-anchors-example",
      AUDIT_ANCHOR_CHAIN_ID: "default-prod",
      AUDIT_ANCHOR_RETENTION_DAYS: "400",
      AWS_REGION: "eu-central-1",
    });
    expect(secrets).toMatchObject({
      AWS_ACCESS_KEY_ID: "anchor-access-key-id",
      AWS_SECRET_ACCESS_KEY: "anchor-secret-access-key",
    });
  },
  10: ELSEWHERE,
  11: ELSEWHERE,
  12: ELSEWHERE,
  13: ELSEWHERE,
  14: all(databaseAdmits("db-bootstrap", "gateway", "migrate"), ({ prod }) => {
    expect(database(prod).inputs["encryptionKeyName"]).toMatch(/cryptoKeys/);
  }),
  15: databaseIsKept(30),
  16: all(common[16], ({ prod }) => {
    const { inputs } = prod.one(
      "gcp:logging/projectBucketConfig:ProjectBucketConfig",
      "gateway-logs",
    );
    expect(inputs["retentionDays"]).toBe(400);
  }),
  19: ({ prod }) => {
    for (const { httpGet } of probes(prod, "gateway")) {
      expect(httpGet).toEqual({ path: "/api/v1/health", port: 8080 });
    }
    expect(container(prod, "gateway")["ports"].containerPort).toBe(8080);
  },
  20: all(common[20], tagsAreImmutable),
  // An instance's file system is in memory, and nothing of the image can be changed for the next one.
  22: {
    check: expectsUser("gateway", 65534),
    missing:
      "Cloud Run sets no user and no read-only root: the image's USER line decides the one (the stack writes down which it expects), and the other is memory of the instance alone",
  },
  23: all(
    hasAlarms(
      ..."gateway-unhealthy gateway-errors-critical gateway-errors-warning".split(" "),
      ..."gateway-latency db-cpu db-connections db-storage anchors-missing".split(" "),
    ),
    ({ prod }) => {
      const [condition] = alarm(prod, "anchors-missing").inputs["conditions"];
      const { query } = condition.conditionPrometheusQueryLanguage;
      expect(query).toContain("[120m]");
      expect(query).toMatch(/or vector\(0\)\) < 1$/);
    },
  ),
  24: ({ prod }) => {
    const { timeout, sessionAffinity } = template(prod, "gateway");
    expect([timeout, sessionAffinity]).toEqual(["3600s", true]);
    expect(container(prod, "gateway")["ports"].name).toBe("http1");
  },
  25: ({ prod }) =>
    expect(reaches(prod, "gateway")).toEqual(
      ["0.0.0.0/0:443", "199.36.153.8/30:443", `${databaseAddress(prod)}/32:5432`].sort(),
    ),
};
