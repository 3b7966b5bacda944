import { CONTAINER, containersOf, running, variable } from "../clouds/docker";
import { READERS } from "../clouds/readers";
import type { Deployed, DeployedResource, Properties } from "../support/deployed";
import { all, environment } from "./checks";
import { latticePolicyOn } from "./lattice-policy";
import type { Checks } from "./statements";

const NETWORK = "docker:index/network:Network";
const VOLUME = "docker:index/volume:Volume";

const container = (stack: Deployed, name: string): DeployedResource => stack.one(CONTAINER, name);

/** Components and single containers on a network, as often as the network is one of theirs. */
function members(stack: Deployed, network: string): string[] {
  const { name } = stack.one(NETWORK, `${network}-network`).outputs;
  return running(stack.of(CONTAINER))
    .filter(({ inputs }) =>
      ((inputs["networksAdvanced"] ?? []) as Properties[]).some((each) => each["name"] === name),
    )
    .map((each) => each.name.replace(/-[0-9a-f]{8}-\d+$/, ""))
    .filter((each, index, names) => names.indexOf(each) === index)
    .sort();
}

const edgeConfig = (stack: Deployed): Properties =>
  JSON.parse(variable(container(stack, "edge-routes"), "EDGE_CONFIG")) as Properties;

const watched = (stack: Deployed): string[] =>
  (JSON.parse(variable(container(stack, "alarms-watch"), "CHECKS")) as { name: string }[]).map(
    ({ name }) => name,
  );

const COMMON = latticePolicyOn(READERS.docker);

/** How LatticePolicy's acceptance list shows on a Docker host. */
export const DOCKER: Checks = {
  ...COMMON,

  2: ({ prod }) => {
    const { servers } = edgeConfig(prod)["apps"].http as Properties;
    for (const [service, port, path] of [
      ["api", 3000, "/health"],
      ["ui", 80, "/"],
    ] as const) {
      const replicas = containersOf(prod, service);
      expect(replicas).toHaveLength(2);
      for (const { name, inputs } of replicas) {
        expect(inputs["healthcheck"].tests).toContain(`http://127.0.0.1:${port}${path}`);
        expect(JSON.stringify(servers.edge)).toContain(`"${name}:${port}"`);
      }
    }
    environment(READERS.docker, "api", { PORT: "3000" })({ prod, staging: prod, sealed: prod });
  },
  3: ({ prod }) => {
    const published = prod
      .of(CONTAINER)
      .filter(({ inputs }) => ((inputs["ports"] ?? []) as unknown[]).length > 0);
    expect(published.map(({ name }) => name)).toEqual(["edge-server"]);
    const ports = published[0]?.inputs["ports"] as Properties[];
    expect(ports.map(({ external }) => external as number).sort()).toEqual([443, 80]);
    for (const { inputs } of prod.of(CONTAINER)) expect(inputs["networkMode"]).not.toBe("host");
  },
  4: ({ prod }) => {
    expect(prod.one(NETWORK, "db-network").inputs["internal"]).toBe(true);
    expect(members(prod, "db")).toEqual([
      ...["api", "db-backup", "db-bootstrap-run", "db-server", "migrate-run"],
    ]);
  },
  5: ({ prod }) => {
    expect(prod.one(NETWORK, "cache-network").inputs["internal"]).toBe(true);
    expect(members(prod, "cache")).toEqual(["api", "cache-server"]);
  },
  6: ({ staging, prod }) => {
    // The volume is as encrypted as the host's disk, which the update warns of. Dumps are in any
    // case, to a key that the host does not have.
    for (const [stack, days] of [
      [staging, 7],
      [prod, 30],
    ] as const) {
      const backup = container(stack, "db-backup");
      expect(variable(backup, "BACKUP_DAYS")).toBe(`${days}`);
      const key = stack.one("tls:index/privateKey:PrivateKey", "db-backup-key");
      const recipient = String(key.outputs["publicKeyOpenssh"]).trim();
      expect(variable(backup, "BACKUP_RECIPIENT")).toBe(recipient);
    }
    for (const volume of ["db-data", "db-backups"]) {
      expect(prod.one(VOLUME, volume).protect).toBe(true);
    }
  },
  7: { notApplicable: "one host has no second zone; the update warns of it" },
  8: all(COMMON[8], ({ prod }) => {
    // What `docker inspect` would show.
    const shown = JSON.stringify(
      prod.of(CONTAINER).map(({ inputs: { uploads: _uploads, ...inputs } }) => inputs),
    );
    for (const value of Object.values(READERS.docker.secrets(prod))) {
      expect(shown.includes(value)).toBe(false);
    }
  }),
  14: { notApplicable: "a host has no registry; what is named by digest cannot move" },
  17: ({ prod }) => {
    const { http, tls } = edgeConfig(prod)["apps"] as Properties;
    const [moved] = http.servers.redirect.routes as [Properties];
    expect(moved["handle"][0]).toMatchObject({
      status_code: 308,
      headers: { Location: ["https://{http.request.host}{http.request.uri}"] },
    });
    expect(http.servers.edge.tls_connection_policies).toEqual([{ protocol_min: "tls1.2" }]);
    const [policy] = tls.automation.policies as [Properties];
    expect(policy["subjects"]).toEqual(["api.example.com", "app.example.com"]);
    expect(policy["issuers"]).toEqual([{ module: "acme" }]);
  },
  18: ({ prod }) => {
    const [run, ...more] = containersOf(prod, "migrate");
    expect(more).toEqual([]);
    expect(run?.inputs).toMatchObject({ attach: true, restart: "no" });
    expect(run?.outputs["exitCode"]).toBe(0);
    COMMON[19]({ prod, staging: prod, sealed: prod });
  },
  20: ({ prod }) => {
    // The new replicas run beside the old ones, and are asked before they are routed to.
    const routes = container(prod, "edge-routes");
    const asked = variable(routes, "UPSTREAMS");
    for (const service of ["api", "ui"]) {
      for (const { name, urn } of containersOf(prod, service)) {
        expect(asked).toContain(`http://${name}:`);
        expect(prod.closure(routes)).toContain(urn);
      }
    }
  },
  21: ({ prod }) => {
    for (const { inputs } of prod.of("docker:index/remoteImage:RemoteImage")) {
      expect(inputs["keepLocally"]).toBe(true);
    }
  },
  22: ({ prod }) => {
    // The update warns of those that only the engine could measure.
    expect(watched(prod)).toEqual(
      expect.arrayContaining([
        ...["api-errors", "api-latency", "api-unhealthy", "ui-unhealthy"],
        ...["db-storage", "db-connections", "db-backup-age"],
      ]),
    );
    expect(variable(container(prod, "alarms-watch"), "WEBHOOKS")).toContain("https://");
  },
  23: ({ staging, prod }) => {
    for (const [stack, days] of [
      [staging, 30],
      [prod, 90],
    ] as const) {
      // By size: Docker does not count days. The edge's own log does.
      for (const { inputs } of running(stack.of(CONTAINER))) {
        expect(inputs["logDriver"]).toBe("json-file");
        expect(inputs["logOpts"]).toEqual({
          "max-size": expect.stringMatching(/^\d+m$/) as string,
          "max-file": expect.stringMatching(/^\d+$/) as string,
        });
      }
      const { writer } = edgeConfig(stack)["logging"].logs.access as Properties;
      expect(writer.roll_keep_days).toBe(days);
    }
  },
  24: { notApplicable: "about Cloud Run; a container is never paused" },
  25: { notApplicable: "about Google Cloud" },
  26: { notApplicable: "about Azure; the image brings uuid-ossp" },
  27: ({ prod }) => {
    expect(prod.one(VOLUME, "db-data").protect).toBe(true);
    expect(prod.one("tls:index/privateKey:PrivateKey", "db-backup-key").protect).toBe(true);
  },
  28: ({ staging, prod }) => {
    const outward = (stack: Deployed) =>
      stack.of(NETWORK).flatMap(({ name, inputs }) => {
        return inputs["internal"] === true ? [] : [name.replace(/-network$/, "")];
      });
    expect(outward(staging)).toEqual(["edge"]);
    // With a webhook the API, and nobody else, may go out, by a bridge of its own.
    expect(outward(prod).sort()).toEqual(["api-egress", "edge"]);
    expect(members(prod, "api-egress")).toEqual(["api"]);
  },
};
