import { readFileSync } from "node:fs";
import path from "node:path";
import { readState } from "../../review/input/state";
import { READERS } from "../clouds/readers";
import { catches } from "../policy/deployed/mutations";
import type { Deployed, Properties } from "../support/deployed";
import { ROOT } from "../docs/markdown";
import { all, environment, leadsTo } from "./checks";
import {
  admitted,
  alarm,
  armor,
  BUCKET,
  container,
  database,
  databaseAdmits,
  databaseIsKept,
  FIREWALL,
  flags,
  front,
  hasAlarms,
  headersSent,
  onlyEdgeIsPublic,
  probes,
  servesHttps,
  tags,
  template,
  workload,
} from "./gcp";
import { neuronetzOn } from "./neuronetz-gateway";
import type { Checks } from "./statements";

const common = neuronetzOn(READERS.gcp);

const ON_DOCKER = { notApplicable: "about a Docker host whose proxy is somebody else's" };

/** Settings of the proxy that takes the gateway's requests. */
function proxy(stack: Deployed): Properties {
  const [variable] = front(stack, "gateway")?.["envs"] as Properties[];
  const config = JSON.parse(String(variable?.["value"])) as Properties;
  return config["apps"].http.servers.front as Properties;
}

/** How the acceptance list of neuronetz-gateway shows on Google Cloud. */
export const NEURONETZ_GATEWAY_ON_GCP: Checks = {
  ...common,

  1: {
    notApplicable: "Cloud Run has no host to publish on; what is reached is decided by ingress",
  },
  2: ({ prod }) => {
    const ollama = workload(prod, "ollama");
    expect(ollama.inputs["ingress"]).toBe("INGRESS_TRAFFIC_INTERNAL_ONLY");
    expect(ollama.inputs["invokerIamDisabled"]).toBe(false);
    const behind = prod
      .of("gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup")
      .map(({ inputs }) => inputs["cloudRun"].service as string);
    expect(behind).not.toContain(ollama.outputs["name"]);
    // Whoever opens it to the internet is told by the pack.
    const { resources } = readState(prod.text, "the deployed stack");
    const opened = resources.map((each) =>
      each.name === ollama.name
        ? { ...each, props: { ...(each.props as Properties), ingress: "INGRESS_TRAFFIC_ALL" } }
        : each,
    );
    expect(catches("model-server-private", resources, opened)).toBe(true);
  },
  3: ({ prod }) => {
    const grants = prod
      .of("gcp:cloudrunv2/serviceIamMember:ServiceIamMember")
      .filter(({ inputs }) => inputs["name"] === workload(prod, "ollama").outputs["name"]);
    expect(grants.map(({ inputs }) => [inputs["role"], inputs["member"]])).toEqual([
      ["roles/run.invoker", `serviceAccount:${template(prod, "gateway")["serviceAccount"]}`],
    ]);
    expect(tags(prod, "ollama")).toEqual(["ollama"]);
  },
  4: all(databaseAdmits("gateway", "migrate", "postgres-bootstrap"), ({ prod }) => {
    const cache = prod.one("gcp:redis/instance:Instance");
    expect(admitted(prod, String(cache.outputs["host"]))).toEqual(["gateway"]);
    const inward = prod.of(FIREWALL).filter(({ inputs }) => inputs["direction"] === "INGRESS");
    expect(inward.map(({ inputs }) => Boolean(inputs["denies"]))).toEqual([true]);
  }),
  5: ON_DOCKER,
  6: ON_DOCKER,
  7: ON_DOCKER,
  8: all(onlyEdgeIsPublic, ({ prod }) => {
    const { env } = READERS.gcp.workload(prod, "gateway");
    for (const name of ["VIRTUAL_HOST", "VIRTUAL_PORT", "LETSENCRYPT_HOST", "LETSENCRYPT_EMAIL"]) {
      expect(env).not.toHaveProperty(name);
    }
  }),
  10: all(
    servesHttps("api.example.com"),
    leadsTo(READERS.gcp, { "https://api.example.com/healthz": "gateway" }),
    ({ prod }) => {
      for (const { httpGet } of probes(prod, "gateway")) {
        expect(["/healthz", "/"]).toContain(httpGet.path);
      }
    },
  ),
  11: ({ prod }) =>
    expect(headersSent(prod, "api.example.com")).toEqual({
      "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "Referrer-Policy": "no-referrer",
    }),
  12: ({ prod }) => {
    for (const name of ["gateway", "ollama"]) {
      expect(parseInt(template(prod, name)["timeout"] as string)).toBeGreaterThan(600);
    }
    const https = prod.one("gcp:compute/targetHttpsProxy:TargetHttpsProxy").inputs;
    expect(https["httpKeepAliveTimeoutSec"]).toBeGreaterThan(600);
    expect(parseInt(proxy(prod)["idle_timeout"] as string)).toBeGreaterThan(660);
    expect(proxy(prod)["routes"][0].handle[0].flush_interval).toBe(-1);
  },
  13: all(
    environment(READERS.gcp, "gateway", { GATEWAY_TRUSTED_PROXIES: "127.0.0.1" }),
    ({ prod }) => {
      expect(proxy(prod)["routes"][0].handle[0]).toMatchObject({
        upstreams: [{ dial: "127.0.0.1:8080" }],
        headers: {
          request: { set: { "X-Forwarded-For": ["{http.request.header.X-Portolan-Client}"] } },
        },
      });
      // The requests come in at the proxy, and the balancer alone says who the client is.
      expect(container(prod, "gateway")["ports"]).toBeUndefined();
      expect(`:${front(prod, "gateway")?.["ports"].containerPort}`).toBe(proxy(prod)["listen"][0]);
      const { inputs } = prod.one(
        "gcp:compute/backendService:BackendService",
        "edge-gateway-backend",
      );
      expect(inputs["customRequestHeaders"]).toEqual(["X-Portolan-Client:{client_ip_address}"]);
    },
  ),
  16: ({ prod }) => {
    const replicas = template(prod, "gateway")["scaling"].maxInstanceCount as number;
    expect(Number(flags(prod)["max_connections"])).toBeGreaterThanOrEqual(30 * replicas + 20);
  },
  18: ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      const { memory } = container(stack, "gateway")["resources"].limits;
      expect(parseInt(memory as string)).toBeGreaterThanOrEqual(1024);
    }
  },
  19: ({ prod }) => {
    const [models] = prod.within("models", BUCKET);
    expect(models?.inputs["encryption"].defaultKmsKeyName).toMatch(/cryptoKeys/);
    expect(models?.protect).toBe(true);
    const [volume] = template(prod, "ollama")["volumes"] as Properties[];
    expect(volume?.["gcs"].bucket).toBe(models?.outputs["name"]);
    expect(container(prod, "ollama")["volumeMounts"][0].mountPath).toBe("/models");
    expect(database(prod).inputs["encryptionKeyName"]).toMatch(/cryptoKeys/);
  },
  20: databaseIsKept(30),
  22: all(common[22], ({ prod }) => {
    const rule = armor(prod).find(({ description }) => /^Bodies of more/.test(description));
    const [, bytes] = / > (\d+)$/.exec(rule?.["match"].expr.expression as string) ?? [];
    // A little above the application's own limit, so that the application is the one that answers.
    expect(Number(bytes)).toBeGreaterThan(262_144);
    expect(Number(bytes)).toBeLessThan(320 * 1024);
    expect(rule?.["action"]).toBe("deny(403)");
  }),
  24: all(
    hasAlarms(
      ..."gateway-unhealthy gateway-errors audit-deny-mode no-models".split(" "),
      ..."database-storage certificate authentication-failures redis-memory".split(" "),
    ),
    ({ prod }) => {
      const [condition] = alarm(prod, "certificate").inputs["conditions"];
      const check = prod.one("gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig");
      expect(check.inputs["monitoredResource"].labels.host).toBe("api.example.com");
      expect(condition.conditionThreshold).toMatchObject({
        comparison: "COMPARISON_LT",
        thresholdValue: 14,
      });
      expect(condition.conditionThreshold.filter).toContain(check.outputs["uptimeCheckId"]);
    },
  ),
  25: {
    check: ({ prod }) => {
      // A request may take so long; only an instance that is ended in the middle of it cuts it.
      expect(parseInt(template(prod, "gateway")["timeout"] as string)).toBeGreaterThan(660);
      const page = readFileSync(path.join(ROOT, "docs/systems/neuronetz-gateway.md"), "utf8");
      expect(page.replace(/\s+/g, " ")).toContain("10 on Cloud Run");
    },
    missing:
      "Cloud Run ends an instance ten seconds after the stop signal, and cannot be told otherwise",
  },
};
