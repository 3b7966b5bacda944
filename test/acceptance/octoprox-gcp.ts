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
import { HEADERS } from "./octoprox";
import { backupOf, madeBy, MANAGER, octoproxOnMachine } from "./octoprox-machine";
import type { Checks } from "./statements";

const machine = (stack: Deployed): DeployedResource => stack.one("gcp:compute/instance:Instance");

/** What a release does on the machine. */
const script = (stack: Deployed): string =>
  String((machine(stack).inputs["metadata"] as Properties)["portolan-release"]);

/** What the machine does when it starts. */
const setup = (stack: Deployed): string => String(machine(stack).inputs["metadataStartupScript"]);

const made = madeBy({ script, setup });
const common = octoproxOnMachine(READERS.gcp, { script, setup });

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

  1: all(common[1], ({ prod }) => expect(prod.of(SERVICE)).toEqual([])),
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
  10: all(common[10], ({ prod }) => {
    const blocking = armor(prod).filter(({ action }) => action === "deny(404)");
    const text = blocking.map(({ match }) => String(match.expr.expression)).join(" || ");
    for (const prefix of ["/internal/", "/app/internal/"]) {
      expect(text).toContain(`request.path.lower().urlDecode().startsWith('${prefix}')`);
    }
  }),
  11: ({ prod }) => expect(headersSent(prod, "api.example.com")).toEqual(HEADERS),
  12: all(common[12], ({ prod }) => {
    const limits = armor(prod).filter(({ action }) => action === "throttle");
    expect(limits).toHaveLength(2);
    for (const { rateLimitOptions } of limits) {
      expect(rateLimitOptions).toMatchObject({
        exceedAction: "deny(429)",
        rateLimitThreshold: { count: 60, intervalSec: 60 },
      });
    }
  }),
  14: all(common[14], ({ prod }) => {
    expect(prod.of("gcp:compute/instance:Instance")).toHaveLength(1);
  }),
  15: all(common[15], ({ prod }) => {
    expect(disk(prod).inputs["diskEncryptionKey"].kmsKeySelfLink).toMatch(/cryptoKeys/);
    expect(machine(prod).inputs["attachedDisks"]).toEqual([
      { source: disk(prod).outputs["selfLink"], deviceName: "data" },
    ]);
  }),
  16: all(common[16], ({ prod }) => {
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
    expect(script(prod)).toContain("/b/$bucket/o?uploadType=media");
  }),
  17: all(common[17], ({ prod }) => {
    expect(backupOf(script(prod))).toContain("--network none");
    // The machine writes copies and reads none.
    const roles = prod
      .of("gcp:storage/bucketIAMMember:BucketIAMMember")
      .map(({ inputs }) => inputs["role"] as string);
    expect(roles).toEqual(["roles/storage.legacyBucketWriter"]);
  }),
  18: all(common[18], tagsAreImmutable),
  21: all(common[21], ({ prod }) => {
    const text = script(prod);
    const rules = [...text.matchAll(/^iptables -A DOCKER-USER -d 169\.254\.169\.254\/32 (.*)$/gm)];
    // Names are resolved by the same address; everything else of it is closed.
    expect(rules.map(([, rule]) => rule)).toEqual([
      ...["-p udp --dport 53 -j RETURN", "-p tcp --dport 53 -j RETURN", "-j DROP"],
    ]);
  }),
  22: all(common[22], ({ prod }) => {
    const [card] = machine(prod).inputs["networkInterfaces"] as Properties[];
    expect(card?.["accessConfigs"]).toBeUndefined();
    for (const { allows } of inward(prod)) expect(allows[0].ports).toEqual(["8080"]);
    expect(machine(prod).inputs["metadata"]).toMatchObject({
      "enable-oslogin": "TRUE",
      "block-project-ssh-keys": "TRUE",
    });
    // Google's metadata service asks for a header and has no limit of hops; statement 21 keeps it.
  }),
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
