import { catches } from "../policy/deployed/mutations";
import { readState } from "../../review/input/state";
import { CONTAINER, running, variable } from "../clouds/docker";
import { READERS } from "../clouds/readers";
import type { Properties } from "../support/deployed";
import { all } from "./checks";
import {
  container,
  edgeConfig,
  handlers,
  headersSet,
  isOnHost,
  isSealed,
  membersOf,
  NETWORK,
  networksOf,
  published,
  replica,
  VOLUME,
  watched,
} from "./docker-parts";
import { neuronetzOn } from "./neuronetz-gateway";
import type { Checks } from "./statements";

const COMMON = neuronetzOn(READERS.docker);
const VARIABLES = ["LETSENCRYPT_EMAIL", "LETSENCRYPT_HOST", "VIRTUAL_HOST", "VIRTUAL_PORT"];

/** How the acceptance list shows on a Docker host: production behind its nginx-proxy, staging with an edge. */
export const DOCKER: Checks = {
  ...COMMON,

  1: ({ prod }) => expect(published(prod)).toEqual({}),
  2: ({ prod, staging }) => {
    for (const stack of [prod, staging]) {
      expect(replica(stack, "ollama").inputs["ports"] ?? []).toEqual([]);
      expect(networksOf(replica(stack, "ollama"))).not.toContain("proxy");
    }
    expect(JSON.stringify(edgeConfig(staging))).not.toContain("11434");
    // Whoever opens it is told by the pack: to the host's network, or to somebody on a network of its own.
    const { resources } = readState(prod.text, "the deployed stack");
    const { urn } = replica(prod, "ollama");
    const changed = (props: object): typeof resources =>
      resources.map((each) =>
        each.urn === urn ? { ...each, props: { ...(each.props as object), ...props } } : each,
      );
    const onHost = changed({ ports: [{ internal: 11434, external: 11434 }] });
    expect(catches("store-port-published", resources, onHost)).toBe(true);
    const networks = replica(prod, "ollama").inputs["networksAdvanced"] as object[];
    for (const opened of [
      { networkMode: "host", networksAdvanced: [] },
      { networksAdvanced: [...networks, { name: "neuronetz-gateway-prod-redis" }] },
    ]) {
      expect(catches("model-server-private", resources, changed(opened))).toBe(true);
    }
  },
  3: ({ prod }) => {
    const callers = "neuronetz-gateway-prod-ollama-callers";
    expect(networksOf(replica(prod, "ollama"))).toEqual([callers]);
    expect(membersOf(prod, callers)).toEqual(["gateway-1", "ollama-1"]);
  },
  4: ({ prod }) => {
    for (const name of ["postgres", "redis", "ollama-callers"]) {
      expect(prod.one(NETWORK, `${name}-network`).inputs["internal"]).toBe(true);
    }
    expect(networksOf(container(prod, "postgres-server"))).toHaveLength(1);
    expect(networksOf(container(prod, "redis-server"))).toHaveLength(1);
    expect(membersOf(prod, "proxy")).toEqual(["gateway-1"]);
  },
  5: ({ prod }) => {
    expect(networksOf(replica(prod, "gateway"))).toContain("proxy");
    expect(prod.of(NETWORK).map(({ inputs }) => inputs["name"] as string)).not.toContain("proxy");
  },
  6: ({ prod }) => {
    const names = running(prod.of(CONTAINER)).map(isOnHost);
    for (const name of ["gateway", "postgres", "redis", "ollama"]) {
      expect(names).toContain(`neuronetz-${name}`);
    }
  },
  7: ({ prod }) => {
    const gateway = replica(prod, "gateway");
    expect(VARIABLES.map((name) => variable(gateway, name))).toEqual([
      ...["ops@example.com", "api.example.com", "api.example.com", "8080"],
    ]);
    expect(variable(gateway, "GATEWAY_BIND_PORT")).toBe("8080");
  },
  8: ({ staging }) => {
    const gateway = replica(staging, "gateway");
    expect(VARIABLES.map((name) => variable(gateway, name))).toEqual(["", "", "", ""]);
    expect(networksOf(gateway)).not.toContain("proxy");
    expect(published(staging)).toEqual({ "edge-server": [443, 80] });
  },
  10: ({ staging }) => {
    const [policy] = edgeConfig(staging)["apps"].tls.automation.policies as [Properties];
    expect(policy).toMatchObject({
      subjects: ["api.staging.example.com"],
      issuers: [{ module: "acme" }],
    });
    const [proxy] = handlers(staging, "reverse_proxy");
    expect(proxy?.["health_checks"].active.uri).toBe("/healthz");
  },
  11: ({ staging, prod }) => {
    const expected = {
      "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "Referrer-Policy": "no-referrer",
    };
    expect(headersSet(staging)).toEqual(expected);
    // The host's proxy reads them from a file that the stack prints; its own HSTS is off.
    const file = String(prod.outputs["vhost.d/api.example.com"]);
    for (const [name, value] of Object.entries(expected)) {
      expect(file.split("\n")).toContain(`add_header ${name} "${value}" always;`);
    }
    expect(variable(replica(prod, "gateway"), "HSTS")).toBe("off");
  },
  12: ({ staging, prod }) => {
    const [proxy] = handlers(staging, "reverse_proxy");
    expect(proxy).toMatchObject({ flush_interval: -1, transport: { read_timeout: "660s" } });
    const file = String(prod.outputs["vhost.d/api.example.com"]);
    expect(file).toContain("proxy_read_timeout 660s;");
    expect(file).toContain("proxy_buffering off;");
  },
  13: ({ staging, prod }) => {
    const trusted = (stack: typeof prod) =>
      variable(replica(stack, "gateway"), "GATEWAY_TRUSTED_PROXIES");
    expect(trusted(prod)).toBe("127.0.0.1,nginx-proxy");
    expect(trusted(staging)).toBe("127.0.0.1,edge");
    // That name leads to the edge on the network that the two share.
    const { networksAdvanced } = container(staging, "edge-server").inputs as {
      networksAdvanced: { name: string; aliases?: string[] }[];
    };
    const shared = networksOf(replica(staging, "gateway"));
    const both = networksAdvanced.filter(({ name }) => shared.includes(name));
    expect(both.map(({ aliases }) => aliases)).toEqual([["edge"]]);
  },
  16: ({ prod }) => {
    const command = container(prod, "postgres-server").inputs["command"] as string[];
    const [, allowed = 0] = /max_connections=(\d+)/.exec(command.join(" ")) ?? [];
    expect(Number(allowed)).toBeGreaterThanOrEqual(50);
  },
  18: ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      expect(replica(stack, "gateway").inputs["memory"]).toBeGreaterThanOrEqual(1024);
    }
  },
  19: ({ prod }) => {
    // As encrypted as the host's disk is, which the update warns of.
    for (const name of ["models-files", "postgres-data"]) {
      expect(prod.one(VOLUME, name).protect).toBe(true);
    }
    expect(replica(prod, "ollama").inputs["volumes"]).toContainEqual(
      expect.objectContaining({ containerPath: "/models" }),
    );
  },
  20: ({ prod }) => {
    isSealed(prod, "postgres");
    expect(variable(container(prod, "postgres-backup"), "BACKUP_DAYS")).toBe("30");
  },
  22: all(COMMON[22], ({ staging }) => {
    const [body] = handlers(staging, "request_body");
    expect(body?.["max_size"]).toBeGreaterThan(262_144);
    expect(body?.["max_size"]).toBeLessThan(320 * 1024);
  }),
  24: ({ staging, prod }) => {
    // Lines of logs are watched by whoever collects them: the update warns of these two.
    expect(watched(staging)).toEqual(
      expect.arrayContaining([
        ...["gateway-unhealthy", "gateway-errors", "database-storage", "database-connections"],
        "certificate-api.staging.example.com",
      ]),
    );
    expect(watched(prod)).toContain("gateway-unhealthy");
  },
  25: ({ prod }) => {
    expect(replica(prod, "gateway").inputs).toMatchObject({
      stopTimeout: 630,
      destroyGraceSeconds: 630,
    });
  },
};
