import { readState } from "../../review/input/state";
import { READERS } from "../clouds/readers";
import { catches } from "../policy/deployed/mutations";
import type { Properties } from "../support/deployed";
import {
  ACCOUNT,
  ADDRESS,
  alerts,
  APP,
  configuration,
  container,
  databaseIsPrivate,
  ENVIRONMENT,
  firewallRule,
  GATEWAY,
  gatewayHeaders,
  gatewayPart,
  gatewayServesHttps,
  onlyTheseAddresses,
  parameters,
  prefix,
  SERVER,
  template,
  workload,
} from "./azure-parts";
import { all, environment, leadsTo } from "./checks";
import { neuronetzOn } from "./neuronetz-gateway";
import type { Checks } from "./statements";

const HOST_ONLY = { notApplicable: "about containers on a Docker host" };

/** Settings of the proxy beside the gateway. */
function localProxy(stack: Parameters<typeof template>[0]): Properties {
  const [, proxy] = template(stack, "gateway")["containers"] as Properties[];
  const [{ value } = { value: "{}" }] = proxy?.["env"] as { value: string }[];
  const config = JSON.parse(value) as Properties;
  return config["apps"].http.servers.local as Properties;
}

const COMMON = neuronetzOn(READERS.azure);

/** How neuronetz-gateway's acceptance list shows on Azure. */
export const AZURE: Checks = {
  ...COMMON,

  1: HOST_ONLY,
  2: ({ prod }) => {
    expect(configuration(prod, "ollama")["ingress"]).toMatchObject({
      external: false,
      transport: "tcp",
    });
    const pools = prod.one(GATEWAY).inputs["backendAddressPools"] as Properties[];
    expect(pools.map(({ name }) => name)).toEqual(["gateway"]);
    const { resources } = readState(prod.text, "the deployed stack");
    const index = resources.findIndex(({ name }) => name === "ollama-app");
    const app = resources[index];
    if (!app) throw new Error("there is no Ollama");
    const props = structuredClone(app.props) as Properties;
    props["configuration"].ingress.external = true;
    const opened = resources.with(index, { ...app, props });
    expect(catches("model-server-private", resources, opened)).toBe(true);
  },
  3: ({ prod }) => {
    // Its port is open inside the environment alone, and no app but the gateway is in there.
    expect(prod.one(ENVIRONMENT).inputs["vnetConfiguration"]).toMatchObject({ internal: true });
    expect(
      prod
        .of(APP)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["gateway-app", "ollama-app"]);
    expect(workload(prod, "ollama").inputs["environmentId"]).toBe(prod.one(ENVIRONMENT).id);
  },
  4: all(
    databaseIsPrivate,
    onlyTheseAddresses("edge-address", "network-outbound-address"),
    ({ prod }) => {
      const cluster = prod.one("azure-native:redisenterprise:RedisEnterprise");
      expect(cluster.inputs["publicNetworkAccess"]).toBe("Disabled");
    },
  ),
  5: HOST_ONLY,
  6: HOST_ONLY,
  7: HOST_ONLY,
  8: ({ prod }) => {
    const names = (container(prod, "gateway")["env"] as Properties[]).map(({ name }) => name);
    for (const name of ["VIRTUAL_HOST", "VIRTUAL_PORT", "LETSENCRYPT_HOST", "LETSENCRYPT_EMAIL"]) {
      expect(names).not.toContain(name);
    }
    const ports = prod.one(GATEWAY).inputs["frontendPorts"] as Properties[];
    expect(ports.map(({ port }) => port).sort()).toEqual([443, 80]);
  },
  10: all(
    gatewayServesHttps,
    leadsTo(READERS.azure, { "https://api.example.com/healthz": "gateway" }),
  ),
  11: ({ prod }) =>
    expect(gatewayHeaders(prod, "gateway").response).toEqual({
      "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "Referrer-Policy": "no-referrer",
    }),
  12: ({ prod }) => {
    const { requestTimeout } = gatewayPart(prod, "backendHttpSettingsCollection", "gateway");
    expect(requestTimeout).toBeGreaterThan(600);
    expect(prod.one(ADDRESS, "edge-address").inputs["idleTimeoutInMinutes"] * 60).toBeGreaterThan(
      600,
    );
    const { requestIdleTimeout } = prod.one(ENVIRONMENT).inputs[
      "ingressConfiguration"
    ] as Properties;
    expect(requestIdleTimeout * 60).toBeGreaterThan(600);
    expect(prod.one(GATEWAY).inputs["globalConfiguration"]).toMatchObject({
      enableResponseBuffering: false,
    });
    expect(localProxy(prod)["routes"][0].handle[0].flush_interval).toBe(-1);
  },
  13: all(
    environment(READERS.azure, "gateway", { GATEWAY_TRUSTED_PROXIES: "127.0.0.1" }),
    ({ prod }) => {
      const proxy = localProxy(prod);
      // The addresses of the two proxies before this one, and the last that is neither is the client's.
      expect(proxy["trusted_proxies"].ranges).toEqual([
        prefix(prod, "apps"),
        prefix(prod, "gateway"),
      ]);
      expect(proxy["routes"][0].handle[0]).toMatchObject({
        upstreams: [{ dial: "127.0.0.1:8080" }],
        headers: { request: { set: { "X-Forwarded-For": ["{http.vars.client_ip}"] } } },
      });
      expect(`:${configuration(prod, "gateway")["ingress"].targetPort}`).toBe(proxy["listen"][0]);
      expect(gatewayHeaders(prod, "gateway").request).toEqual({
        "X-Forwarded-For": "{var_add_x_forwarded_for_proxy}",
      });
    },
  ),
  16: ({ prod }) => {
    const replicas = Number((template(prod, "gateway")["scale"] as Properties)["maxReplicas"]);
    expect(Number(parameters(prod)["max_connections"])).toBeGreaterThanOrEqual(30 * replicas + 20);
  },
  18: ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      const { memory } = container(stack, "gateway")["resources"] as Properties;
      expect(parseFloat(memory as string)).toBeGreaterThanOrEqual(1);
    }
  },
  19: ({ prod }) => {
    expect(prod.one(SERVER).inputs["dataEncryption"]).toMatchObject({ type: "AzureKeyVault" });
    expect(prod.one(ACCOUNT, "models-store").inputs["encryption"]).toMatchObject({
      keySource: "Microsoft.Keyvault",
      requireInfrastructureEncryption: true,
    });
    const volumes = template(prod, "ollama")["volumes"] as Properties[];
    expect(volumes.map(({ storageType }) => storageType)).toContain("AzureFile");
  },
  20: ({ staging, prod }) => {
    for (const [stack, days] of [
      [staging, 14],
      [prod, 30],
    ] as const) {
      // Flexible Server backs up daily, and encrypts with the server's key.
      expect(stack.one(SERVER).inputs["backup"]).toMatchObject({ backupRetentionDays: days });
    }
  },
  22: all(COMMON[22], ({ prod }) => {
    const { matchConditions, action } = firewallRule(prod, "BodyTooLarge");
    expect(action).toBe("Block");
    const tooLarge = new RegExp((matchConditions as Properties[])[0]?.["matchValues"][0] as string);
    // A little above the application's own limit, so that the application is the one that answers.
    expect([262_145, 300_000, 307_201].map((bytes) => tooLarge.test(`${bytes}`))).toEqual([
      false,
      false,
      true,
    ]);
  }),
  24: ({ prod }) =>
    expect(alerts(prod)).toEqual(
      expect.arrayContaining([
        ...["gateway-unhealthy", "gateway-errors", "audit-deny-mode", "no-models"],
        ...["database-storage", "certificate"],
      ]),
    ),
  25: ({ prod }) => {
    // The most that Container Apps waits; the edge drains longer.
    expect(template(prod, "gateway")["terminationGracePeriodSeconds"]).toBe(600);
    const { connectionDraining } = gatewayPart(prod, "backendHttpSettingsCollection", "gateway");
    expect(connectionDraining).toEqual({ enabled: true, drainTimeoutInSec: 660 });
  },
};
