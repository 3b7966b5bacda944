import { READERS } from "../clouds/readers";
import { containers } from "../clouds/aws";
import {
  admitted,
  alarm,
  container,
  database,
  databaseAdmits,
  databaseIsKept,
  databaseParameters,
  frontOf,
  handlersOf,
  hasAlarms,
  headersSent,
  isChecked,
  isConfined,
  isLocked,
  openings,
  reaches,
  rights,
  servesHttps,
  tagsAreImmutable,
  targetGroups,
} from "./aws";
import { all } from "./checks";
import { AUTHORISED, controlsAreShown, rayrayOn, sendsHeaders } from "./rayray";
import type { Check, Checks } from "./statements";

const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const FEED = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";

const common = rayrayOn(READERS.aws);

/** The logs of the API, its migration and its database go into a stream. */
const feeds =
  (target: string): Check =>
  ({ prod }) => {
    const stream = prod.one(STREAM, `audit-logs-${target}`);
    for (const source of ["api", "migrate", "db"]) {
      const { inputs } = prod.one(FEED, `audit-logs-${source}-to-${target}`);
      expect(inputs["destinationArn"]).toBe(stream.outputs["arn"]);
      expect(inputs["filterPattern"]).toBe("");
    }
    const groups = prod.of(FEED).map(({ inputs }) => String(inputs["logGroup"]));
    expect(groups).toContain(container(prod, "api")["logConfiguration"].options["awslogs-group"]);
    expect(groups).toContain(
      `/aws/rds/instance/${database(prod).outputs["identifier"]}/postgresql`,
    );
  };

/** How RayRay's acceptance list shows on AWS. */
export const RAYRAY_ON_AWS: Checks = {
  ...common,

  1: all(common[1], isConfined("api", 1000), isConfined("web", 1001), ({ prod }) => {
    expect(container(prod, "api")["portMappings"][0].containerPort).toBe(8000);
    expect(container(prod, "web")["portMappings"][0].containerPort).toBe(3000);
  }),
  2: isChecked("api", {
    ...{ path: "/health", interval: 30, healthyThreshold: 2, unhealthyThreshold: 3 },
  }),
  3: ({ prod }) => {
    const probes = ["api", "web"].flatMap((name) => [
      ...targetGroups(prod, name).map(({ inputs }) => JSON.stringify(inputs["healthCheck"])),
      ...containers(prod, name).map((each) => JSON.stringify(each["healthCheck"] ?? {})),
    ]);
    expect(probes.length).toBeGreaterThanOrEqual(6);
    expect(probes.filter((probe) => probe.includes("/health/llm"))).toEqual([]);
  },
  4: all(servesHttps("api.example.com", "rayray.example.com"), ({ prod, staging }) => {
    for (const stack of [staging, prod]) {
      expect(admitted(stack, "api")).toEqual(["edge"]);
      expect(admitted(stack, "web")).toEqual(["edge"]);
    }
    const ports = openings(staging).map(({ inputs }) => inputs["fromPort"] as number);
    expect(ports.sort((a, b) => a - b)).toEqual([80, 443]);
  }),
  5: ({ prod }) => {
    const networks = openings(prod).map(({ inputs }) => String(inputs["cidrIpv4"]));
    expect([...new Set(networks)].sort()).toEqual(AUTHORISED);
    expect([...new Set(admitted(prod, "edge"))]).toEqual(AUTHORISED);
  },
  6: servesHttps("api.example.com", "rayray.example.com"),
  7: ({ prod }) => {
    const { inputs } = prod.one("aws:wafv2/webAclAssociation:WebAclAssociation");
    const balancer = prod.one("aws:lb/loadBalancer:LoadBalancer");
    expect(inputs["resourceArn"]).toBe(balancer.outputs["arn"]);
    const rules = JSON.stringify(prod.one("aws:wafv2/webAcl:WebAcl").inputs["rules"]);
    expect(rules).toContain("AWSManagedRulesCommonRuleSet");
    expect(rules).toContain("AWSManagedRulesSQLiRuleSet");
  },
  8: ({ prod }) => {
    expect(database(prod).inputs["engineVersion"]).toMatch(/^16/);
    expect(database(prod).inputs["publiclyAccessible"]).toBe(false);
  },
  9: all(common[9], ({ prod }) =>
    expect(databaseParameters(prod)).toMatchObject({ "rds.force_ssl": "1" }),
  ),
  10: ({ prod }) =>
    expect(databaseParameters(prod)).toMatchObject({
      log_connections: "1",
      log_disconnections: "1",
      log_statement: "ddl",
      max_connections: "100",
      password_encryption: "scram-sha-256",
    }),
  11: all(databaseAdmits("db", "api", "db-bootstrap", "migrate"), ({ prod }) => {
    expect(prod.one("aws:ec2/vpc:Vpc").inputs["cidrBlock"]).toMatch(/^10\./);
  }),
  13: ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      expect(database(stack).inputs["storageEncrypted"]).toBe(true);
      expect(stack.one("aws:efs/fileSystem:FileSystem").inputs["encrypted"]).toBe(true);
    }
  },
  18: ({ prod }) => {
    const api = container(prod, "api");
    const [mount] = api["mountPoints"];
    expect(mount).toMatchObject({
      containerPath: READERS.aws.workload(prod, "api").env["UPLOAD_DIR"],
      readOnly: false,
    });
    const task = prod.one("aws:ecs/taskDefinition:TaskDefinition", "api-task").inputs;
    const volume = task["volumes"].find(
      ({ name }: { name: string }) => name === mount.sourceVolume,
    );
    expect(volume.efsVolumeConfiguration.transitEncryption).toBe("ENABLED");
    const access = prod.one("aws:efs/accessPoint:AccessPoint");
    expect(volume.efsVolumeConfiguration.authorizationConfig).toEqual({
      accessPointId: access.id,
      iam: "ENABLED",
    });
    const [uid, gid] = String(api["user"]).split(":").map(Number);
    expect(access.inputs["posixUser"]).toEqual({ uid, gid });
    const actions = rights(prod, "api-task").flatMap(({ Action }) => Action as string[]);
    expect(actions).toContain("elasticfilesystem:ClientWrite");
  },
  19: sendsHeaders((stack) => headersSent(stack, frontOf(stack, "api"))),
  20: ({ prod }) => {
    const front = frontOf(prod, "api");
    if (!front) throw new Error("the API has no front");
    const allowing = handlersOf(front).filter(({ handle }) =>
      JSON.stringify(handle).includes("Access-Control-Allow-Origin"),
    );
    expect(allowing.length).toBeGreaterThan(0);
    for (const { match } of allowing) {
      expect(match?.[0]?.["header"].Origin).toEqual(["https://rayray.example.com"]);
    }
  },
  22: all(common[22], tagsAreImmutable),
  23: all(isLocked("audit-archive", 2557), feeds("archive"), ({ prod }) => {
    const { extendedS3Configuration } = prod.one(STREAM, "audit-logs-archive").inputs;
    const bucket = prod.one("aws:s3/bucket:Bucket", "audit-archive");
    expect(extendedS3Configuration.bucketArn).toBe(bucket.outputs["arn"]);
  }),
  24: all(
    hasAlarms(
      ..."authentication-failures rate-limit-breaches connections-refused".split(" "),
      ..."connection-timeouts hash-verification api-unhealthy api-errors".split(" "),
    ),
    ({ prod }) => {
      const patterns = prod
        .of("aws:cloudwatch/logMetricFilter:LogMetricFilter")
        .map(({ inputs }) => JSON.parse(String(inputs["pattern"])) as string);
      expect(patterns.sort()).toEqual(
        [
          ...["Rate limit exceeded", "authentication failed", "connection refused"],
          ...["connection timeout", "hash verification failed"],
        ].sort(),
      );
      expect(alarm(prod, "hash-verification").inputs["threshold"]).toBe(1);
    },
  ),
  25: all(feeds("splunk"), ({ prod }) => {
    const { splunkConfiguration } = prod.one(STREAM, "audit-logs-splunk").inputs;
    expect(splunkConfiguration.hecEndpoint).toBe("https://splunk.example.com:8088");
    expect(splunkConfiguration.hecToken).toBeUndefined();
    expect(splunkConfiguration.secretsManagerConfiguration.enabled).toBe(true);
  }),
  26: ({ prod }) =>
    expect(reaches(prod, "api")).toEqual(
      ["0.0.0.0/0:443", "db:5432", "network-endpoints:443", "s3:443", "uploads:2049"].sort(),
    ),
  27: ({ prod }) => {
    for (const name of ["api", "web"]) {
      for (const { inputs } of targetGroups(prod, name)) expect(inputs["protocol"]).toBe("HTTPS");
      const servers = frontOf(prod, name)?.["apps"].http.servers;
      expect(servers.front.tls_connection_policies).toHaveLength(1);
    }
    // The web app is a browser's: it asks the API at its public address.
    expect(reaches(prod, "web")).toEqual(["network-endpoints:443", "s3:443"]);
  },
  28: controlsAreShown(),
  29: databaseIsKept(35),
};
