import { CONTAINER, containersOf, running, variable } from "../clouds/docker";
import { READERS } from "../clouds/readers";
import type { Properties } from "../support/deployed";
import { all } from "./checks";
import {
  container,
  edgeConfig,
  handlers,
  headersSet,
  isRestricted,
  isSealed,
  membersOf,
  NETWORK,
  NO_PORTS,
  networksOf,
  onlyTheEdgePublishes,
  replica,
  servesHttps,
  VOLUME,
} from "./docker-parts";
import { controlsAreShown, rayrayOn, sendsHeaders } from "./rayray";
import type { Checks } from "./statements";

const COMMON = rayrayOn(READERS.docker);

/** How RayRay's acceptance list shows on a Docker host. */
export const DOCKER: Checks = {
  ...COMMON,

  1: all(COMMON[1], ({ prod }) => {
    for (const [service, user] of [
      ["api", "1000:1000"],
      ["web", "1001:1001"],
    ] as const) {
      isRestricted(replica(prod, service));
      expect(replica(prod, service).inputs["user"]).toBe(user);
    }
  }),
  2: ({ prod }) => {
    const checks = handlers(prod, "reverse_proxy").map((each) => each["health_checks"].active);
    expect(checks).toContainEqual(
      expect.objectContaining({ uri: "/health", interval: "30s", passes: 2, fails: 3 }),
    );
  },
  3: ({ prod }) => {
    const probes = [
      ...running(prod.of(CONTAINER)).map(({ inputs }) => inputs["healthcheck"] as unknown),
      ...handlers(prod, "reverse_proxy").map((each) => each["health_checks"] as unknown),
      variable(container(prod, "edge-routes"), "UPSTREAMS"),
    ];
    expect(JSON.stringify(probes)).not.toContain("/health/llm");
  },
  4: onlyTheEdgePublishes,
  5: ({ prod }) => {
    const routes = edgeConfig(prod)["apps"].http.servers.edge.routes as Properties[];
    const refused = routes.findIndex(({ match }) => match?.[0].not !== undefined);
    expect(routes[refused]).toEqual({
      match: [{ not: [{ remote_ip: { ranges: ["198.51.100.0/24"] } }] }],
      handle: [{ handler: "static_response", status_code: 403 }],
      terminal: true,
    });
    // Before any host is looked at.
    expect(routes.findIndex(({ match }) => match?.[0].host !== undefined)).toBeGreaterThan(refused);
  },
  6: servesHttps("api.example.com", "rayray.example.com"),
  7: ({ prod }) => {
    const walls = handlers(prod, "firewall");
    expect(walls.length).toBeGreaterThan(0);
    for (const wall of walls) {
      expect(wall["with"].directives).toContain("SecRuleEngine On");
      expect(wall["with"].directives).toContain("@owasp_crs/*.conf");
    }
  },
  8: ({ prod }) => {
    const server = container(prod, "db-server");
    expect(READERS.docker.workload(prod, "db").images[0]).toMatch(/postgres:16\./);
    expect(server.inputs["ports"] ?? []).toEqual([]);
    expect(prod.one(NETWORK, "db-network").inputs["internal"]).toBe(true);
  },
  9: all(COMMON[9], ({ prod }) => {
    const command = container(prod, "db-server").inputs["command"] as string[];
    expect(command).toContain("ssl=on");
  }),
  10: ({ prod }) =>
    expect(container(prod, "db-server").inputs["command"]).toEqual(
      expect.arrayContaining([
        ...["log_connections=on", "log_disconnections=on", "log_statement=ddl"],
        ...["max_connections=100", "password_encryption=scram-sha-256"],
      ]),
    ),
  11: ({ prod }) => {
    const { inputs } = prod.one(NETWORK, "db-network");
    expect(inputs["ipamConfigs"][0].subnet).toMatch(/^10\./);
    const names = membersOf(prod, String(inputs["name"])).map((name) =>
      name.replace(/-[0-9a-f]{8}-\d+$/, ""),
    );
    expect(names).toEqual(["api", "db-backup", "db-bootstrap-run", "db-server", "migrate-run"]);
  },
  13: ({ prod }) => {
    // Volumes are as encrypted as the host's disk is; copies are sealed in any case.
    isSealed(prod, "db");
    isSealed(prod, "uploads");
  },
  18: ({ prod }) => {
    const { volumes } = replica(prod, "api").inputs as { volumes: Properties[] };
    const [mount] = volumes.filter(
      ({ containerPath }) =>
        containerPath === READERS.docker.workload(prod, "api").env["UPLOAD_DIR"],
    );
    expect(mount?.["volumeName"]).toBe(prod.one(VOLUME, "uploads-files").inputs["name"]);
    expect(mount?.["readOnly"] ?? false).toBe(false);
    // The folder is writable for group 0, which the API is a member of.
    expect(replica(prod, "api").inputs["groupAdds"]).toContain("0");
  },
  19: sendsHeaders((stack) =>
    Object.fromEntries(
      Object.entries(headersSet(stack)).filter(([name]) => !/^(Access-Control-|Vary$)/.test(name)),
    ),
  ),
  20: ({ prod }) => {
    const text = JSON.stringify(edgeConfig(prod));
    expect(text).toContain("https://rayray.example.com");
    expect(text).not.toContain('"Access-Control-Allow-Origin":["*"]');
  },
  23: {
    notApplicable:
      "the disk of a host can be rewritten by its root; the lines go to the SIEM, which keeps them",
  },
  24: {
    notApplicable:
      "nobody on a host reads containers' logs; the SIEM that they go to has these alarms",
  },
  25: ({ prod }) => {
    const sources = [
      ...[container(prod, "db-server"), container(prod, "migrate-run")],
      ...containersOf(prod, "api"),
    ];
    for (const { inputs } of sources) {
      expect(inputs["logDriver"]).toBe("syslog");
      expect(inputs["logOpts"]).toMatchObject({
        "syslog-address": "tcp+tls://siem.example.com:6514",
        "syslog-format": "rfc5424micro",
      });
    }
  },
  26: {
    missing: NO_PORTS,
    check: ({ prod }) => {
      const networks = networksOf(replica(prod, "api"));
      expect(networks).toEqual([
        ...["rayray-prod-api-callers", "rayray-prod-api-egress"],
        ...["rayray-prod-db", "rayray-prod-edge-api"],
      ]);
      expect(networksOf(replica(prod, "web")).join()).not.toContain("egress");
    },
  },
  27: ({ prod }) => expect(JSON.stringify(prod.outputs["exceptions"])).toContain("not encrypted"),
  28: {
    check: controlsAreShown(
      ...["AU-9: a write-once archive", "AU-9: an alarm on failed verification of the audit chain"],
      ...["SA-10: images are kept in a registry of the stack", "SA-10: tags cannot be moved"],
      ...["SC-5: an alarm on breaches", "SC-8: TLS to the stores is forced"],
    ),
    missing:
      "a host has no registry, its archive and its alarms on lines are the SIEM's, and that TLS is forced stands in files which no plan shows",
  },
  29: ({ prod }) => {
    expect(variable(container(prod, "db-backup"), "BACKUP_DAYS")).toBe("35");
    expect(variable(container(prod, "uploads-backup"), "BACKUP_DAYS")).toBe("35");
    for (const volume of ["db-data", "db-backups", "uploads-files", "uploads-backups"]) {
      expect(prod.one(VOLUME, volume).protect).toBe(true);
    }
  },
};
