import { READERS } from "../clouds/readers";
import type { Properties } from "../support/deployed";
import { all } from "./checks";
import {
  admitted,
  armor,
  BUCKET,
  container,
  database,
  databaseAddress,
  databaseAdmits,
  databaseIsKept,
  expectsUser,
  flags,
  hasAlarms,
  headersSent,
  onlyEdgeIsPublic,
  probes,
  reaches,
  servesHttps,
  settings,
  tagsAreImmutable,
  template,
  workload,
} from "./gcp";
import { AUTHORISED, controlsAreShown, rayrayOn, sendsHeaders } from "./rayray";
import type { Check, Checks } from "./statements";

const common = rayrayOn(READERS.gcp);
const SINK = "gcp:logging/projectSink:ProjectSink";

const isArchive = ({ inputs }: { inputs: Properties }): boolean =>
  inputs["retentionPolicy"] !== undefined;

/** Everything that the sources log goes through this sink, which may write where it writes. */
const feeds =
  (target: string, grant: string): Check =>
  ({ prod }) => {
    const sink = prod.one(SINK, `audit-logs-${target}-sink`);
    const filter = String(sink.inputs["filter"]);
    expect(filter).toContain(String(workload(prod, "api").outputs["name"]));
    expect(filter).toContain('resource.labels.job_name=~"^migrate-');
    expect(filter).toContain(String(database(prod).outputs["name"]));
    const written = prod.of(grant).map(({ inputs }) => inputs["member"] as string);
    expect(written).toContain(sink.outputs["writerIdentity"]);
  };

/** How RayRay's acceptance list shows on Google Cloud. */
export const RAYRAY_ON_GCP: Checks = {
  ...common,

  1: all(common[1], expectsUser("api", 1000), expectsUser("web", 1001), ({ prod }) => {
    expect(container(prod, "api")["ports"].containerPort).toBe(8000);
    expect(container(prod, "web")["ports"].containerPort).toBe(3000);
  }),
  2: ({ prod }) => {
    const { readinessProbe } = container(prod, "api");
    expect(readinessProbe).toEqual({
      ...{ httpGet: { path: "/health", port: 8000 }, periodSeconds: 30, timeoutSeconds: 10 },
      ...{ successThreshold: 2, failureThreshold: 3 },
    });
  },
  3: ({ prod }) => {
    const paths = ["api", "web"]
      .flatMap((name) => probes(prod, name))
      .map((p) => p["httpGet"].path);
    expect(paths).toHaveLength(6);
    expect(paths).not.toContain("/health/llm");
  },
  4: all(onlyEdgeIsPublic, servesHttps("api.example.com", "rayray.example.com")),
  5: ({ prod }) => {
    const last = armor(prod).find(({ priority }) => priority === 2147483647);
    expect(last?.["action"]).toBe("deny(403)");
    const letting = armor(prod).filter(
      ({ action, priority }) => ["allow", "throttle"].includes(action) && priority !== 2147483647,
    );
    expect(letting.length).toBeGreaterThan(0);
    for (const { match } of letting) {
      const named =
        match.config?.srcIpRanges ??
        [...String(match.expr.expression).matchAll(/inIpRange\(origin.ip, '([^']+)'\)/g)].map(
          ([, network]) => network,
        );
      expect([...named].sort()).toEqual(AUTHORISED);
    }
  },
  6: servesHttps("api.example.com", "rayray.example.com"),
  7: ({ prod }) => {
    const expressions = armor(prod).map(({ match }) => String(match.expr?.expression ?? ""));
    expect(expressions.some((text) => text.includes("sqli-v33-stable"))).toBe(true);
    const policy = prod.one("gcp:compute/securityPolicy:SecurityPolicy");
    for (const { inputs } of prod.of("gcp:compute/backendService:BackendService")) {
      expect(inputs["securityPolicy"]).toBe(policy.outputs["selfLink"]);
    }
  },
  8: ({ prod }) => {
    expect(database(prod).inputs["databaseVersion"]).toBe("POSTGRES_16");
    expect(settings(prod)["ipConfiguration"].ipv4Enabled).toBe(false);
  },
  9: all(common[9], ({ prod }) =>
    expect(settings(prod)["ipConfiguration"].sslMode).toMatch(/^(ENCRYPTED_ONLY|TRUSTED_CLIENT)/),
  ),
  10: ({ prod }) =>
    expect(flags(prod)).toMatchObject({
      log_connections: "on",
      log_disconnections: "on",
      log_statement: "ddl",
      max_connections: "100",
      password_encryption: "scram-sha-256",
    }),
  11: all(databaseAdmits("api", "db-bootstrap", "migrate"), ({ prod }) => {
    const ranges = prod
      .of("gcp:compute/subnetwork:Subnetwork")
      .map(({ inputs }) => String(inputs["ipCidrRange"]));
    for (const range of ranges) expect(range).toMatch(/^10\./);
  }),
  13: ({ prod }) => {
    // Google encrypts everything at rest; production does so with keys of its own.
    expect(database(prod).inputs["encryptionKeyName"]).toMatch(/cryptoKeys/);
    const [uploads] = prod.within("uploads", BUCKET);
    expect(uploads?.inputs["encryption"].defaultKmsKeyName).toMatch(/cryptoKeys/);
  },
  18: ({ prod }) => {
    const api = container(prod, "api");
    const [mount] = api["volumeMounts"];
    expect(mount.mountPath).toBe(READERS.gcp.workload(prod, "api").env["UPLOAD_DIR"]);
    const volume = (template(prod, "api")["volumes"] as Properties[]).find(
      ({ name }) => name === mount.name,
    );
    const [bucket] = prod.within("uploads", BUCKET);
    expect(volume?.["gcs"]).toMatchObject({ bucket: bucket?.outputs["name"], readOnly: false });
    expect(volume?.["gcs"].mountOptions).toEqual(expect.arrayContaining(["uid=1000", "gid=1000"]));
    const grants = prod
      .of("gcp:storage/bucketIAMMember:BucketIAMMember")
      .filter(({ inputs }) => inputs["bucket"] === bucket?.outputs["name"]);
    expect(grants.map(({ inputs }) => [inputs["role"], inputs["member"]])).toEqual([
      ["roles/storage.objectUser", `serviceAccount:${template(prod, "api")["serviceAccount"]}`],
    ]);
  },
  19: sendsHeaders((stack) => headersSent(stack, "api.example.com")),
  20: ({ prod }) => {
    const map = prod.one("gcp:compute/uRLMap:URLMap", "edge-routes").inputs;
    const rules = (map["pathMatchers"] as Properties[]).flatMap(
      ({ routeRules }) => routeRules as Properties[],
    );
    expect(rules.length).toBeGreaterThan(0);
    for (const { routeAction } of rules) {
      expect(routeAction.corsPolicy).toMatchObject({
        allowOrigins: ["https://rayray.example.com"],
        allowCredentials: true,
        disabled: false,
      });
      expect(routeAction.corsPolicy.allowOriginRegexes ?? []).toEqual([]);
    }
  },
  22: all(common[22], tagsAreImmutable),
  23: all(feeds("archive", "gcp:storage/bucketIAMMember:BucketIAMMember"), ({ prod }) => {
    const [bucket] = prod.within("audit", BUCKET).filter(isArchive);
    expect(bucket?.inputs["retentionPolicy"]).toEqual({
      retentionPeriod: `${2557 * 86_400}`,
      isLocked: true,
    });
    expect([bucket?.protect, bucket?.retainOnDelete]).toEqual([true, true]);
    expect(bucket?.inputs["publicAccessPrevention"]).toBe("enforced");
    const { destination } = prod.one(SINK, "audit-logs-archive-sink").inputs;
    expect(destination).toBe(`storage.googleapis.com/${bucket?.outputs["name"]}`);
  }),
  24: all(
    hasAlarms(
      ..."authentication-failures rate-limit-breaches connections-refused".split(" "),
      ..."connection-timeouts hash-verification api-unhealthy api-errors".split(" "),
    ),
    ({ prod }) => {
      const filters = prod
        .of("gcp:logging/metric:Metric")
        .map(({ inputs }) => /"([^"]+)"$/.exec(String(inputs["filter"]))?.[1]);
      expect(filters.sort()).toEqual(
        [
          ...["Rate limit exceeded", "authentication failed", "connection refused"],
          ...["connection timeout", "hash verification failed"],
        ].sort(),
      );
    },
  ),
  25: all(feeds("siem", "gcp:pubsub/topicIAMMember:TopicIAMMember"), ({ prod }) => {
    const topic = prod.one("gcp:pubsub/topic:Topic");
    const { destination } = prod.one(SINK, "audit-logs-siem-sink").inputs;
    expect(destination).toBe(`pubsub.googleapis.com/${topic.id}`);
    expect(prod.one("gcp:pubsub/subscription:Subscription").inputs["topic"]).toBe(topic.id);
  }),
  26: ({ prod }) => {
    expect(reaches(prod, "api")).toEqual(
      ["0.0.0.0/0:443", "199.36.153.8/30:443", `${databaseAddress(prod)}/32:5432`].sort(),
    );
    expect(admitted(prod, databaseAddress(prod))).toContain("api");
  },
  27: ({ prod }) => {
    // Over TLS to Cloud Run; the web app's browser asks the API at its public address.
    for (const { inputs } of prod.of("gcp:compute/backendService:BackendService")) {
      expect(inputs["protocol"]).toBe("HTTPS");
    }
    expect(reaches(prod, "web")).toEqual(["199.36.153.8/30:443"]);
  },
  28: controlsAreShown(),
  29: databaseIsKept(35),
};
