import { CONTAINER, variable } from "../clouds/docker";
import { READERS } from "../clouds/readers";
import type { Deployed, Properties } from "../support/deployed";
import { all } from "./checks";
import {
  container,
  handlers,
  headersSet,
  isRestricted,
  isSealed,
  membersOf,
  NETWORK,
  networksOf,
  onlyTheEdgePublishes,
  servesHttps,
  VOLUME,
  watched,
} from "./docker-parts";
import { HEADERS, octoproxOn } from "./octoprox";
import type { Checks } from "./statements";

const MANAGER = "workspace-manager";
const FILTER = "socket-proxy";
const DATA = "octoprox_manager-data";

const mounts = (stack: Deployed, name: string): Properties[] =>
  container(stack, name).inputs["volumes"] as Properties[];

const labels = (stack: Deployed, name: string): Record<string, string> =>
  Object.fromEntries(
    (container(stack, name).inputs["labels"] as { label: string; value: string }[]).map(
      ({ label, value }) => [label, value],
    ),
  );

const COMMON = octoproxOn(READERS.docker);

/** How Octoprox's acceptance list shows on a Docker host. */
export const DOCKER: Checks = {
  ...COMMON,

  1: ({ prod }) => expect(container(prod, MANAGER).inputs["name"]).toBe(MANAGER),
  2: ({ prod }) => {
    expect(mounts(prod, MANAGER).filter(({ hostPath }) => hostPath !== undefined)).toEqual([]);
    expect(variable(container(prod, MANAGER), "DOCKER_HOST")).toBe("tcp://socket-proxy:2375");
    const holders = prod
      .of(CONTAINER)
      .filter(({ inputs }) => JSON.stringify(inputs["volumes"] ?? []).includes("docker.sock"));
    expect(holders.map(({ name }) => name).sort()).toEqual(["route-reader", FILTER]);
    for (const { inputs } of holders) {
      const [socket] = (inputs["volumes"] as Properties[]).filter(({ hostPath }) => hostPath);
      expect(socket).toMatchObject({ readOnly: true });
    }
  },
  3: ({ prod }) => {
    expect(container(prod, FILTER).inputs["ports"] ?? []).toEqual([]);
    expect(networksOf(container(prod, FILTER))).toEqual(["octoprox-socket"]);
    expect(membersOf(prod, "octoprox-socket")).toEqual([FILTER, MANAGER]);
    expect(prod.one(NETWORK, "octoprox-socket-network").inputs["internal"]).toBe(true);
  },
  4: ({ prod }) => {
    const envs = (name: string) => [...(container(prod, name).inputs["envs"] as string[])].sort();
    expect(envs(FILTER)).toEqual(
      ["ALLOW_START", "ALLOW_STOP", "CONTAINERS", "IMAGES", "NETWORKS", "POST", "VOLUMES"].map(
        (name) => `${name}=1`,
      ),
    );
    expect(envs("route-reader")).toEqual(["CONTAINERS=1", "POST=0"]);
  },
  5: all(onlyTheEdgePublishes, ({ prod }) => {
    expect(membersOf(prod, "octoprox-prod-edge-host")).toEqual([
      ...["alarms-watch", "edge-routes", "edge-server", "traefik"],
    ]);
  }),
  6: all(servesHttps("api.example.com"), ({ prod }) => {
    const url = variable(container(prod, MANAGER), "PUBLIC_BASE_URL");
    expect(url).toBe("https://api.example.com");
  }),
  9: all(COMMON[9], ({ prod }) => {
    // Files that root owns and the container's group reads; what `docker inspect` shows has none.
    const { inputs } = container(prod, `${MANAGER}-carrier`);
    const uploads = inputs["uploads"] as { file: string; permissions: string }[];
    expect(uploads.map(({ file }) => file).sort()).toEqual(
      ["BOOTSTRAP_ADMIN_PASSWORD", "JWT_SECRET_KEY", "SECRET_KEY"].map(
        (name) => `/run/portolan/env/${name}`,
      ),
    );
    for (const { permissions } of uploads) expect(permissions).toBe("0440");
    expect(variable(container(prod, MANAGER), "SECRET_KEY")).toBe("");
  }),
  10: ({ prod }) => {
    const text = JSON.stringify(handlers(prod, "subroute"));
    expect(text).toContain(
      '"match":[{"path":["/internal/*","/app/internal/*"]}],"handle":[{"handler":"static_response","status_code":404}],"terminal":true',
    );
  },
  11: ({ prod }) => expect(headersSet(prod)).toEqual(HEADERS),
  12: ({ prod }) => {
    const [limits] = handlers(prod, "rate_limit");
    const zones = Object.entries(limits?.["rate_limits"] as Record<string, Properties>);
    const auth = zones.filter(([name]) => name.includes("auth"));
    expect(auth).toHaveLength(2);
    for (const [, zone] of auth) expect(zone).toMatchObject({ max_events: 60, window: "60s" });
    const at = "traefik.http.middlewares.auth-rate.rateLimit";
    expect(labels(prod, MANAGER)[`${at}.average`]).toBe("60");
  },
  13: ({ prod }) => {
    isRestricted(container(prod, MANAGER));
    expect(container(prod, MANAGER).inputs["user"]).toBe("1000:1000");
  },
  14: ({ prod }) => {
    const holders = prod
      .of(CONTAINER)
      .filter(({ inputs }) => JSON.stringify(inputs["volumes"] ?? []).includes(`"${DATA}"`))
      .map(({ name }) => name);
    // Besides the manager only copies: SQLite's own backup reads.
    expect(holders.sort()).toEqual([
      ...["host-backup", "host-backup-before", `${DATA}-carrier`, MANAGER],
    ]);
    expect(variable(container(prod, MANAGER), "WEB_CONCURRENCY")).toBe("1");
  },
  15: ({ prod }) => {
    // As encrypted as the host's disk is: the page on a Docker host says so.
    expect(prod.one(VOLUME, DATA).inputs["name"]).toBe(DATA);
    expect(mounts(prod, MANAGER)).toContainEqual(
      expect.objectContaining({ volumeName: DATA, containerPath: "/app/data" }),
    );
  },
  16: ({ prod }) => {
    isSealed(prod, "host");
    for (const name of ["host-backup", "host-backup-before"]) {
      expect(variable(container(prod, name), "BACKUP_KEEP")).toBe("7");
    }
    expect(variable(container(prod, "host-backup"), "BACKUP_AT")).toMatch(/^\d\d:\d\d$/);
    const before = prod.one("random:index/randomUuid:RandomUuid", "host-backup-before-ended-well");
    for (const name of [MANAGER, "traefik", FILTER]) {
      expect(prod.closure(container(prod, name))).toContain(before.urn);
    }
  },
  17: ({ prod }) => {
    for (const name of ["host-backup", "host-backup-before"]) {
      expect(
        mounts(prod, name)
          .map(({ containerPath }) => String(containerPath))
          .sort(),
      ).toEqual([...["/app/data", "/backups", "/portolan"]]);
      expect(container(prod, name).inputs["networkMode"]).toBe("none");
    }
  },
  18: ({ prod }) => {
    for (const { inputs } of prod.of("docker:index/remoteImage:RemoteImage")) {
      expect(inputs["keepLocally"]).toBe(true);
      expect(inputs["name"]).toMatch(/:[^:/]*\d[^:/]*$/);
    }
  },
  19: ({ prod }) => {
    const tag = prod.one("docker:index/tag:Tag");
    expect(tag.inputs["targetImage"]).toBe("mcp-gitfs:1.0.0");
    expect(prod.closure(container(prod, MANAGER))).toContain(tag.urn);
    expect(variable(container(prod, MANAGER), "WORKSPACE_IMAGE")).toBe("mcp-gitfs:1.0.0");
  },
  20: ({ prod }) => {
    expect(prod.one(NETWORK, "mcpnet-network").inputs["name"]).toBe("mcpnet");
    expect(variable(container(prod, MANAGER), "DOCKER_NETWORK")).toBe("mcpnet");
  },
  21: { notApplicable: "the host is given; one in a cloud blocks the address in its own firewall" },
  22: { notApplicable: "the host is given, and its address and SSH are its owner's" },
  23: ({ prod }) => {
    // Nobody before the edge is trusted, so it writes the header anew.
    expect(JSON.stringify(handlers(prod, "reverse_proxy"))).not.toContain("trusted_proxies");
  },
  24: ({ prod }) =>
    expect(watched(prod)).toEqual(
      expect.arrayContaining(["unhealthy", "errors", "latency", "disk", "backup"]),
    ),
  25: ({ prod }) => {
    const verified = container(prod, "verify-run");
    expect(verified.outputs["exitCode"]).toBe(0);
    expect(prod.closure(verified)).toContain(container(prod, MANAGER).urn);
    expect(variable(verified, "DEPLOYED")).toBe(prod.outputs["revisions"].host);
  },
  26: ({ prod }) => {
    expect(prod.one(VOLUME, DATA).protect).toBe(true);
    expect(prod.one(VOLUME, "host-backups").protect).toBe(true);
  },
};
