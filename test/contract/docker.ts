import { CONTAINER, containersOf, files, variable } from "../clouds/docker";
import type { Deployed, Properties } from "../support/deployed";
import type { CloudFacts } from "./facts";

const server = (stack: Deployed, name: string) => stack.one(CONTAINER, `${name}-server`);

/** Whether the host's own network, or nobody's but that of declared clients, leads to a component. */
const isPublic = (stack: Deployed, name: string): boolean =>
  containersOf(stack, name).some(
    ({ inputs }) =>
      ((inputs["ports"] ?? []) as unknown[]).length > 0 || inputs["networkMode"] === "host",
  );

export const docker: CloudFacts = {
  database: (stack, name) => {
    const lines = (files(stack, name).get("pg_hba.conf") ?? "").split("\n");
    const rules = lines.filter((line) => line !== "" && !line.startsWith("#"));
    const remote = rules.filter((line) => !line.startsWith("local"));
    const backup = stack.one(CONTAINER, `${name}-backup`);
    return {
      encryption: "host's disk",
      isPublic: isPublic(stack, name),
      onlyTls: remote.length > 0 && remote.every((line) => line.startsWith("hostssl ")),
      onlyPassword: rules.every((line) => line.endsWith("scram-sha-256")),
      backupDays: variable(backup, "BACKUP_RECIPIENT")
        ? Number(variable(backup, "BACKUP_DAYS"))
        : 0,
      logDays: bounded(server(stack, name).inputs),
    };
  },

  cache: (stack, name) => {
    const config = files(stack, name).get("redis.conf") ?? "";
    return {
      encryption: "host's disk",
      isPublic: isPublic(stack, name),
      onlyTls: /^port 0$/m.test(config) && /^tls-port \d+$/m.test(config),
      onlyPassword: /^requirepass \w{32,}$/m.test(config),
    };
  },

  workload: (stack, name) => {
    const [first] = containersOf(stack, name);
    const inputs = first?.inputs ?? {};
    const isHardened =
      inputs["readOnly"] === true &&
      inputs["capabilities"]?.drops?.[0] === "ALL" &&
      (inputs["securityOpts"] as string[]).includes("no-new-privileges:true");
    return {
      user: isHardened ? (inputs["user"] as string) : "0",
      isPublic: isPublic(stack, name),
      logDays: bounded(inputs),
    };
  },

  edge: (stack, name) => {
    const config = variable(stack.one(CONTAINER, `${name}-routes`), "EDGE_CONFIG");
    const { http } = (JSON.parse(config) as Properties)["apps"] as Properties;
    const [policy] = http.servers.edge.tls_connection_policies as [Properties];
    const [redirect] = http.servers.redirect.routes as [Properties];
    const { routes, named_routes: named } = http.servers.edge as Properties;
    return {
      ports: (server(stack, name).inputs["ports"] as Properties[]).map((each) => each["external"]),
      redirectsHttp: redirect["handle"][0].status_code === 308,
      leastTls: policy["protocol_min"] === "tls1.3" ? "1.3" : "1.2",
      // One firewall, called by the routes of every host.
      hasFirewall:
        JSON.stringify(routes).includes('{"handler":"invoke","name":"firewall"}') &&
        JSON.stringify(named?.firewall ?? {}).includes('"handler":"waf"'),
    };
  },

  // The engine's socket is everything; a container that has it could do all that root can.
  wildcards: (stack) =>
    stack
      .of(CONTAINER)
      .filter(
        ({ inputs }) =>
          inputs["privileged"] === true ||
          JSON.stringify(inputs["volumes"] ?? []).includes("docker.sock") ||
          ((inputs["capabilities"]?.adds ?? []) as unknown[]).length > 0,
      )
      .map(({ name }) => name),

  limits: [
    { type: CONTAINER, property: "name", max: 63 },
    { type: "docker:index/network:Network", property: "name", max: 63 },
    { type: "docker:index/volume:Volume", property: "name", max: 63 },
  ],

  refused: {
    config: { "portolan:network": { zones: 3 } },
    sentence: /network\.zones: zones is not supported on docker: one host is one zone/,
  },
};

const bounded = ({ logOpts }: Properties): "by size" | 0 =>
  logOpts?.["max-size"] && logOpts["max-file"] ? "by size" : 0;
