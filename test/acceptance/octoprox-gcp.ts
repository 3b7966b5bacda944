import { READERS } from "../clouds/readers";
import type { Deployed, DeployedResource, Properties } from "../support/deployed";
import { all } from "./checks";
import {
  admitted,
  alarm,
  armor,
  BUCKET,
  FIREWALL,
  hasAlarms,
  headersSent,
  JOB,
  onlyEdgeIsPublic,
  SERVICE,
  servesHttps,
  tagsAreImmutable,
} from "./gcp";
import { octoproxOn } from "./octoprox";
import type { Checks } from "./statements";

const common = octoproxOn(READERS.gcp);
const MANAGER = "workspace-manager";
const FILTER = "socket-proxy";

const machine = (stack: Deployed): DeployedResource => stack.one("gcp:compute/instance:Instance");

/** What a release does on the machine. */
const script = (stack: Deployed): string =>
  String((machine(stack).inputs["metadata"] as Properties)["portolan-release"]);

/** What the machine does when it starts. */
const setup = (stack: Deployed): string => String(machine(stack).inputs["metadataStartupScript"]);

/** The lines that make a container. */
function made(stack: Deployed, name: string): string {
  const lines = script(stack)
    .split("docker create ")
    .filter((each) => each.startsWith(`--name '${name}'`));
  expect([name, lines.length]).toEqual([name, 1]);
  return String(lines[0]).split(/\ndocker start/)[0] ?? "";
}

const disk = (stack: Deployed): DeployedResource => stack.one("gcp:compute/disk:Disk");

const released = (stack: Deployed): DeployedResource => {
  const [job] = stack.within("host", JOB);
  if (!job) throw new Error("nothing waits for the release");
  return job;
};

const inward = (stack: Deployed): Properties[] =>
  stack
    .of(FIREWALL)
    .map(({ inputs }) => inputs as Properties)
    .filter((rule) => rule["direction"] === "INGRESS" && rule["allows"]);

/** How Octoprox's acceptance list shows on Google Cloud. */
export const OCTOPROX_ON_GCP: Checks = {
  ...common,

  1: ({ prod }) => {
    expect(prod.of(SERVICE)).toEqual([]);
    expect(setup(prod)).toMatch(/apt-get install .*docker\.io/);
    made(prod, MANAGER);
  },
  2: ({ prod }) => {
    expect(made(prod, MANAGER)).not.toContain("docker.sock");
    expect(made(prod, MANAGER)).toContain(`--env 'DOCKER_HOST=tcp://${FILTER}:2375'`);
    expect(made(prod, FILTER)).toContain("/var/run/docker.sock:/var/run/docker.sock:ro");
  },
  3: ({ prod }) => {
    expect(made(prod, FILTER)).not.toContain("--publish");
    expect(made(prod, FILTER)).toContain("--network 'octoprox-socket'");
    expect(script(prod)).toContain(
      "docker network create --internal --label portolan.host 'octoprox-socket'",
    );
    const members = script(prod).match(/docker network connect 'octoprox-socket' '([^']+)'/g);
    expect(members).toEqual([`docker network connect 'octoprox-socket' '${MANAGER}'`]);
    expect(made(prod, FILTER)).not.toContain("mcpnet");
  },
  4: ({ prod }) => {
    const allowed = [...made(prod, FILTER).matchAll(/--env '([A-Z_]+)=1'/g)].map(([, n]) => n);
    expect(allowed.sort()).toEqual(
      ["CONTAINERS", "NETWORKS", "IMAGES", "VOLUMES", "POST", "ALLOW_START", "ALLOW_STOP"].sort(),
    );
  },
  5: all(onlyEdgeIsPublic, servesHttps("api.example.com"), ({ prod }) => {
    const ways = inward(prod).map(({ sourceRanges, targetTags, allows }) => [
      ...[sourceRanges.join(), targetTags.join(), allows[0].ports.join()],
    ]);
    expect(ways.sort()).toEqual([
      // The check that runs after a deployment comes from inside.
      ["10.40.0.0/18", "host", "8080"],
      // Where the load balancer comes from.
      ["130.211.0.0/22,35.191.0.0/16", "host", "8080"],
    ]);
    const { address } = prod.one("gcp:compute/address:Address", "host-address").outputs;
    expect(admitted(prod, String(address))).toEqual(["verify"]);
    expect(script(prod).match(/--publish \S+/g)).toEqual(["--publish 8080:8081"]);
  }),
  6: all(servesHttps("api.example.com"), ({ prod }) =>
    expect(made(prod, MANAGER)).toContain("--env 'PUBLIC_BASE_URL=https://api.example.com'"),
  ),
  9: all(common[9], ({ prod }) => {
    expect(script(prod)).toContain(
      `install -m 0600 -o 1000 -g 1000 /dev/null '/etc/portolan/secrets/${MANAGER}.env'`,
    );
    for (const value of Object.values(READERS.gcp.secrets(prod))) {
      expect(script(prod)).not.toContain(value);
      expect(setup(prod)).not.toContain(value);
    }
  }),
  10: ({ prod }) => {
    const blocking = armor(prod).filter(({ action }) => action === "deny(404)");
    const text = blocking.map(({ match }) => String(match.expr.expression)).join(" || ");
    for (const prefix of ["/internal/", "/app/internal/"]) {
      expect(text).toContain(`request.path.lower().urlDecode().startsWith('${prefix}')`);
    }
    // And the router behind it has no route there either.
    expect(made(prod, MANAGER)).toMatch(/rule=[^']*!PathPrefix\(`\/app\/internal`\)/);
  },
  11: ({ prod }) =>
    expect(headersSent(prod, "api.example.com")).toEqual({
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "X-XSS-Protection": "1; mode=block",
      "Content-Security-Policy": "default-src 'self'",
      "Referrer-Policy": "strict-origin-when-cross-origin",
      "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    }),
  12: ({ prod }) => {
    for (const option of ["average=60", "burst=60", "period=1m"]) {
      expect(made(prod, MANAGER)).toContain(`middlewares.auth-rate.rateLimit.${option}'`);
    }
    const limits = armor(prod).filter(({ action }) => action === "throttle");
    expect(limits).toHaveLength(2);
    for (const { rateLimitOptions } of limits) {
      expect(rateLimitOptions).toMatchObject({
        exceedAction: "deny(429)",
        rateLimitThreshold: { count: 60, intervalSec: 60 },
      });
    }
  },
  13: ({ prod }) => {
    for (const option of [
      ...["--user 1000:1000", "--read-only", "--cap-drop ALL"],
      "--security-opt no-new-privileges",
    ]) {
      expect(made(prod, MANAGER)).toContain(option);
    }
    expect(made(prod, MANAGER)).not.toContain("--cap-add");
  },
  14: ({ prod }) => {
    expect(made(prod, MANAGER)).toContain("--env 'WEB_CONCURRENCY=1'");
    expect(prod.of("gcp:compute/instance:Instance")).toHaveLength(1);
    const writers = script(prod).match(/docker create (?:(?!docker start)[\s\S])*manager-data:/g);
    expect(writers).toHaveLength(1);
  },
  15: ({ prod }) => {
    expect(disk(prod).inputs["diskEncryptionKey"].kmsKeySelfLink).toMatch(/cryptoKeys/);
    expect(machine(prod).inputs["attachedDisks"]).toEqual([
      { source: disk(prod).outputs["selfLink"], deviceName: "data" },
    ]);
    expect(setup(prod)).toContain('"data-root": "/data/docker"');
    // A disk that has files on it is not formatted.
    expect(setup(prod)).toMatch(/blkid "\$device" .*\|\| mkfs/);
  },
  16: ({ prod }) => {
    expect(setup(prod)).toContain("OnCalendar=*-*-* 03:00:00");
    const text = script(prod);
    const copy = text.indexOf("|| /usr/local/sbin/portolan-backup release");
    expect(copy).toBeGreaterThan(0);
    expect(copy).toBeLessThan(text.indexOf("docker stop"));
    const [bucket] = prod.within("host", BUCKET);
    expect(bucket?.inputs["versioning"]).toEqual({ enabled: true });
    expect(bucket?.inputs["lifecycleRules"]).toEqual([
      {
        action: { type: "Delete" },
        condition: { numNewerVersions: 7, withState: "ARCHIVED" },
      },
    ]);
    expect(bucket?.inputs["encryption"].defaultKmsKeyName).toMatch(/cryptoKeys/);
    expect(machine(prod).inputs["metadata"]["portolan-backups"]).toBe(bucket?.outputs["name"]);
    expect(text).toContain("/b/$bucket/o?uploadType=media");
  },
  17: ({ prod }) => {
    const text = script(prod);
    const start = text.indexOf("copy=$(mktemp");
    const backup = text.slice(start, text.indexOf("END_OF_FILE", start));
    expect(backup.match(/--volume '[^']+'/g)).toEqual([
      "--volume 'octoprox_manager-data:/app/data'",
    ]);
    expect(backup).not.toContain("/etc/portolan/secrets");
    expect(backup).toContain("--network none");
    // The machine writes copies and reads none.
    const roles = prod
      .of("gcp:storage/bucketIAMMember:BucketIAMMember")
      .map(({ inputs }) => inputs["role"] as string);
    expect(roles).toEqual(["roles/storage.legacyBucketWriter"]);
  },
  18: all(tagsAreImmutable, ({ prod }) => {
    const pulled = [...script(prod).matchAll(/docker pull --quiet '([^']+)'/g)].map(([, i]) => i);
    expect(pulled.length).toBeGreaterThanOrEqual(4);
    for (const image of pulled) expect(image).toMatch(/:[^:/@]*\d[^:/@]*$/);
    // Images go that neither this release nor the one before has.
    expect(script(prod)).toContain("comm -23 $list.before <(sort -u $list $list.new)");
  }),
  19: ({ prod }) => {
    const text = script(prod);
    const tagged = text.indexOf("docker tag ");
    expect(text.slice(tagged)).toMatch(/^docker tag '[^']+\/mcp-gitfs:[^']+' 'mcp-gitfs:1\.0\.0'/);
    expect(tagged).toBeLessThan(text.indexOf(`--name '${MANAGER}'`));
    expect(made(prod, MANAGER)).toContain("--env 'WORKSPACE_IMAGE=mcp-gitfs:1.0.0'");
  },
  20: ({ prod }) => {
    expect(script(prod)).toContain("docker network create --label portolan.host 'mcpnet'");
    expect(made(prod, MANAGER)).toContain("--env 'DOCKER_NETWORK=mcpnet'");
  },
  21: ({ prod }) => {
    const text = script(prod);
    const rules = [...text.matchAll(/^iptables -A DOCKER-USER -d 169\.254\.169\.254\/32 (.*)$/gm)];
    // Names are resolved by the same address; everything else of it is closed.
    expect(rules.map(([, rule]) => rule)).toEqual([
      ...["-p udp --dport 53 -j RETURN", "-p tcp --dport 53 -j RETURN", "-j DROP"],
    ]);
    expect(text.indexOf("systemctl restart portolan-firewall")).toBeLessThan(
      text.indexOf("docker create "),
    );
  },
  22: ({ prod }) => {
    const [card] = machine(prod).inputs["networkInterfaces"] as Properties[];
    expect(card?.["accessConfigs"]).toBeUndefined();
    for (const { allows } of inward(prod)) expect(allows[0].ports).toEqual(["8080"]);
    expect(setup(prod)).toContain("systemctl disable --now ssh.service ssh.socket");
    expect(machine(prod).inputs["metadata"]).toMatchObject({
      "enable-oslogin": "TRUE",
      "block-project-ssh-keys": "TRUE",
    });
    // Google's metadata service asks for a header and has no limit of hops; statement 21 keeps it.
  },
  23: ({ prod }) => {
    const { inputs } = prod.one("gcp:compute/backendService:BackendService");
    expect(inputs["customRequestHeaders"]).toEqual(["X-Portolan-Client:{client_ip_address}"]);
    const front = made(prod, "portolan-front");
    expect(front).toContain('"X-Forwarded-For":["{http.request.header.X-Portolan-Client}"]');
    expect(front).toContain('"dial":"portolan-entry:8080"');
  },
  24: all(hasAlarms("unhealthy", "errors", "latency", "disk", "backup"), ({ prod }) => {
    const [condition] = alarm(prod, "backup").inputs["conditions"];
    const { query } = condition.conditionPrometheusQueryLanguage;
    expect(query).toContain("> 26");
    expect(query).toMatch(/or vector\(0\)\) < 1$/);
    const [used] = alarm(prod, "disk").inputs["conditions"];
    expect(used.conditionThreshold.thresholdValue).toBe(80);
  }),
  25: ({ prod }) => {
    const [verified] = prod.within("verify", JOB);
    if (!verified) throw new Error("nothing is verified");
    expect(prod.closure(verified)).toContain(released(prod).urn);
    expect(released(prod).outputs["executionCount"]).toBe(1);
    expect(verified.outputs["executionCount"]).toBe(1);
    // Another release is another run.
    const { env } = READERS.gcp.workload(prod, "verify");
    expect(env["DEPLOYED"]).toBe(prod.outputs["revisions"].host);
    const backend = prod.one("gcp:compute/backendService:BackendService");
    expect(prod.closure(backend)).toContain(released(prod).urn);
  },
  26: ({ prod }) => {
    expect(disk(prod).protect).toBe(true);
    expect(prod.within("host", BUCKET)[0]?.protect).toBe(true);
  },
};
