import { READERS } from "../clouds/readers";
import {
  alarm,
  bucketPolicy,
  container,
  database,
  databaseAdmits,
  databaseIsKept,
  hasAlarms,
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
import { rackGatewayOn } from "./rack-gateway";
import type { Checks } from "./statements";

const common = rackGatewayOn(READERS.aws);
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

/** How Rack Gateway's acceptance list shows on AWS; production is at level maximum. */
export const RACK_GATEWAY_ON_AWS: Checks = {
  ...common,

  2: ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      expect(Number(database(stack).inputs["engineVersion"])).toBeGreaterThanOrEqual(14);
      expect(database(stack).inputs["allocatedStorage"]).toBeGreaterThanOrEqual(10);
    }
  },
  3: ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      const task = stack.one("aws:ecs/taskDefinition:TaskDefinition", "gateway-task").inputs;
      expect(Number(task["cpu"])).toBeGreaterThanOrEqual(256);
      expect(Number(task["memory"])).toBeGreaterThanOrEqual(256);
    }
  },
  7: all(servesHttps("gateway.example.com"), ({ prod }) => {
    expect(READERS.aws.workload(prod, "gateway").env["DOMAIN"]).toBe("gateway.example.com");
  }),
  8: ({ staging, prod }) => {
    expect(prod.one(BALANCER).inputs["internal"]).toBe(true);
    expect(openings(prod)).toEqual([]);
    for (const { inputs } of prod.of("aws:ecs/service:Service")) {
      expect(inputs["networkConfiguration"].assignPublicIp).toBe(false);
    }
    // At level standard the same description is public.
    expect(staging.one(BALANCER).inputs["internal"]).toBe(false);
    expect(openings(staging).length).toBeGreaterThan(0);
  },
  9: ({ prod }) => {
    const { env } = READERS.aws.workload(prod, "gateway");
    expect(env["RGW_SETTING_MFA_REQUIRE_ALL_USERS"]).toBe("true");
    const bucket = prod.one("aws:s3/bucket:Bucket", "anchors-archive");
    expect(env["AUDIT_ANCHOR_BUCKET"]).toBe(bucket.outputs["bucket"]);
    expect(env["AUDIT_ANCHOR_CHAIN_ID"]).toBe("default-prod");
    expect(env["AUDIT_ANCHOR_RETENTION_DAYS"]).toBe("400");
    expect(env["AWS_REGION"]).toBe("us-east-1");
  },
  10: all(isLocked("anchors-archive", 400), ({ prod }) => {
    const { inputs } = prod.one(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "anchors-archive",
    );
    const key = prod.one("aws:kms/key:Key", "anchors-key");
    expect(inputs["rules"]).toEqual([
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: key.outputs["arn"],
        },
        bucketKeyEnabled: true,
      },
    ]);
  }),
  11: ({ prod }) => {
    const denied = new Map(
      bucketPolicy(prod, "anchors-archive").map((each) => [each["Sid"], each]),
    );
    for (const each of denied.values()) expect(each["Effect"]).toBe("Deny");
    expect(denied.get("NoDelete")?.["Action"]).toContain("s3:DeleteObjectVersion");
    expect(denied.get("NoOtherEncryption")).toMatchObject({
      Action: ["s3:PutObject"],
      Condition: {
        StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption": "aws:kms" },
      },
    });
    expect(denied.get("NoUploadWithoutLock")).toMatchObject({
      Action: ["s3:PutObject"],
      Condition: { StringNotEquals: { "s3:object-lock-mode": ["COMPLIANCE"] } },
    });
  },
  12: ({ prod }) => {
    const actions = rights(prod, "gateway-task").flatMap(({ Action }) => Action as string[]);
    expect(actions.sort()).toEqual(
      [
        ...["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
        ...["s3:GetObject", "s3:ListBucket", "s3:PutObject", "s3:PutObjectRetention"],
      ].sort(),
    );
    const shorter = bucketPolicy(prod, "anchors-archive").find((s) => s["Sid"] === "NoShorterLock");
    expect(shorter).toMatchObject({
      Action: ["s3:PutObject", "s3:PutObjectRetention"],
      Condition: { NumericLessThan: { "s3:object-lock-remaining-retention-days": "399" } },
    });
  },
  13: ({ prod }) => {
    const kept = prod
      .within("anchors")
      .filter(
        ({ type, name }) => type.startsWith("aws:s3/") || type === "aws:kms/key:Key" || name === "",
      );
    expect(kept.length).toBeGreaterThanOrEqual(15);
    for (const each of kept) {
      expect([each.type, each.name, each.retainOnDelete]).toEqual([each.type, each.name, true]);
    }
    expect(prod.one("aws:s3/bucket:Bucket", "anchors-archive").protect).toBe(true);
    expect(prod.one("aws:kms/key:Key", "anchors-key").protect).toBe(true);
  },
  14: all(databaseAdmits("db", "db-bootstrap", "gateway", "migrate"), ({ prod }) => {
    const key = prod.one("aws:kms/key:Key", "db-key");
    expect(database(prod).inputs["kmsKeyId"]).toBe(key.outputs["arn"]);
  }),
  15: databaseIsKept(30),
  16: all(common[16], ({ prod }) => {
    const { inputs } = prod.one("aws:cloudwatch/logGroup:LogGroup", "gateway-log");
    expect(inputs["retentionInDays"]).toBe(400);
  }),
  19: isChecked("gateway", { path: "/api/v1/health" }, 8080),
  20: all(common[20], tagsAreImmutable),
  22: isConfined("gateway", 65534),
  23: all(
    hasAlarms(
      ..."gateway-unhealthy gateway-errors-critical gateway-errors-warning".split(" "),
      ..."gateway-latency db-cpu db-connections db-storage anchors-missing".split(" "),
    ),
    ({ prod }) => {
      const { inputs } = alarm(prod, "anchors-missing");
      expect(inputs["treatMissingData"]).toBe("breaching");
      expect(inputs["period"] * inputs["evaluationPeriods"]).toBe(2 * 3600);
      expect(inputs["comparisonOperator"]).toBe("LessThanThreshold");
    },
  ),
  24: ({ prod }) => {
    expect(prod.one(BALANCER).inputs["idleTimeout"]).toBe(3600);
    // A load balancer passes upgrades of HTTP/1.1, and the container is reached without a proxy.
    for (const { inputs } of targetGroups(prod, "gateway")) {
      expect(inputs["protocolVersion"]).toBe("HTTP1");
      expect(inputs["stickiness"].enabled).toBe(true);
    }
    expect(container(prod, "gateway")["portMappings"]).toEqual([
      { containerPort: 8080, protocol: "tcp" },
    ]);
  },
  25: ({ prod }) =>
    expect(reaches(prod, "gateway")).toEqual(
      ["0.0.0.0/0:443", "db:5432", "network-endpoints:443", "s3:443"].sort(),
    ),
};
