import type { Profile } from "../../components/cloud";
import { plan, type Planned } from "./plan";

const PROFILES: Profile[] = ["dev", "staging", "prod"];

const plans = new Map<Profile, Planned[]>();

beforeAll(async () => {
  for (const profile of PROFILES) plans.set(profile, await plan(profile));
}, 60_000);

const of = (profile: Profile, type: string): Planned[] =>
  (plans.get(profile) ?? []).filter((resource) => resource.type === type);

const text = (value: unknown): string => JSON.stringify(value);

interface Container {
  readonly name: string;
  readonly user: string;
  readonly readonlyRootFilesystem: boolean;
  readonly linuxParameters: { capabilities: { drop: string[] } };
  readonly logConfiguration: { options: Record<string, string> };
  readonly secrets?: { name: string }[];
  readonly environment: { name: string }[];
}

const containers = (profile: Profile): Container[] =>
  of(profile, "aws:ecs/taskDefinition:TaskDefinition").flatMap(
    ({ inputs }) => JSON.parse(String(inputs["containerDefinitions"])) as Container[],
  );

describe.each(PROFILES)("LatticePolicy on AWS, %s", (profile) => {
  const ingress = () => of(profile, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
  const egress = () => of(profile, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");

  test("every way out of a group leads into one that lets it in", () => {
    const pair = (from: unknown, to: unknown, port: unknown): string => text([from, to, port]);
    const accepted = new Set(
      ingress().map(({ inputs: rule }) =>
        pair(rule["referencedSecurityGroupId"], rule["securityGroupId"], rule["fromPort"]),
      ),
    );
    const ways = egress().filter(({ inputs: rule }) => rule["referencedSecurityGroupId"]);
    const direct = ways.filter(({ name }) => !name.endsWith("-to-aws"));
    expect(direct.length).toBeGreaterThan(4);
    for (const { name, inputs: rule } of direct) {
      const way = pair(
        rule["securityGroupId"],
        rule["referencedSecurityGroupId"],
        rule["fromPort"],
      );
      expect([name, accepted.has(way)]).toEqual([name, true]);
    }
  });

  test("the internet comes in at the edge alone, and nothing goes out to it", () => {
    const open = ingress().filter(({ inputs }) => inputs["cidrIpv4"] === "0.0.0.0/0");
    expect(open.map(({ inputs }) => inputs["securityGroupId"])).toEqual([
      "edge-group-id",
      "edge-group-id",
    ]);
    expect(open.map(({ inputs }) => inputs["fromPort"]).sort()).toEqual([443, 80]);
    expect(egress().filter(({ inputs }) => inputs["cidrIpv4"])).toEqual([]);
  });

  test("the stores admit their clients only", () => {
    const clients = (group: string): string[] =>
      ingress()
        .filter(({ inputs }) => inputs["securityGroupId"] === group)
        .map(({ inputs }) => String(inputs["referencedSecurityGroupId"]))
        .sort();
    expect(clients("db-group-id")).toEqual([
      "api-group-id",
      "db-bootstrap-group-id",
      "migrate-group-id",
    ]);
    expect(clients("cache-group-id")).toEqual(["api-group-id"]);
  });

  test("containers are no root, write nowhere and have no capabilities of use", () => {
    expect(containers(profile).length).toBe(6);
    for (const { name, user, readonlyRootFilesystem, linuxParameters } of containers(profile)) {
      expect([name, Number(user.split(":")[0]) > 0]).toEqual([name, true]);
      expect([name, readonlyRootFilesystem]).toEqual([name, true]);
      const { drop } = linuxParameters.capabilities;
      const front = name === "front";
      expect([name, drop.includes("ALL") || (front && drop.length === 13)]).toEqual([name, true]);
    }
  });

  test("containers log into groups that exist, and every group forgets", () => {
    const groups = of(profile, "aws:cloudwatch/logGroup:LogGroup");
    const names = groups.map(({ inputs }) => inputs["name"]);
    for (const { logConfiguration } of containers(profile)) {
      expect(names).toContain(logConfiguration.options["awslogs-group"]);
    }
    for (const { name, inputs } of groups) {
      expect([name, Number(inputs["retentionInDays"]) > 0]).toEqual([name, true]);
    }
  });

  test("secrets come from the store, and the frontend gets none", () => {
    const all = containers(profile);
    const api = all.find(({ name }) => name === "api");
    expect(api?.secrets?.map(({ name }) => name).sort()).toEqual(
      ["CUSTOMER_DATA_KEY", "DATABASE_URL", "JWT_SECRET", "MFA_TOKEN_SECRET", "REDIS_URL"].sort(),
    );
    expect(api?.environment.map(({ name }) => name)).not.toContain("DATABASE_URL");
    expect(all.find(({ name }) => name === "ui")?.secrets).toEqual([]);
    const policies = of(profile, "aws:iam/rolePolicy:RolePolicy");
    const ui = policies.find(({ name }) => name === "ui-execution");
    expect(text(ui?.inputs["policy"])).not.toContain("secretsmanager");
  });

  test("only actions that know no resource are allowed on all of them", () => {
    const wide = of(profile, "aws:iam/rolePolicy:RolePolicy").flatMap(({ inputs }) => {
      const { Statement } = JSON.parse(String(inputs["policy"])) as {
        Statement: { Action: string[]; Resource: string[] }[];
      };
      return Statement.filter(({ Resource }) => Resource.includes("*")).flatMap(
        (one) => one.Action,
      );
    });
    expect([...new Set(wide)].sort()).toEqual([
      "ecr:GetAuthorizationToken",
      "ecs:ListTasks",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
    ]);
  });

  test("alarms name the metrics' own dimensions", () => {
    const alarms = of(profile, "aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(alarms.length).toBe(11);
    for (const { name, inputs } of alarms) {
      const body = text(inputs);
      expect([name, text(inputs["alarmActions"]).includes("alarms-topic")]).toEqual([name, true]);
      if (body.includes("AWS/ApplicationELB")) expect(body).toContain('"LoadBalancer":"suffix/');
      if (body.includes("AWS/ElastiCache")) expect(body).toMatch(/"CacheClusterId":"[^"]+-001"/);
      if (body.includes("AWS/RDS"))
        expect(body).toContain('"DBInstanceIdentifier":"lattice-policy-');
    }
  });
});

describe("what a protected stack has more", () => {
  const database = (profile: Profile) =>
    of(profile, "aws:rds/instance:Instance")[0]?.inputs as Record<string, unknown>;

  test("its database survives a zone, a mistake and its own end", () => {
    expect(database("prod")).toMatchObject({
      ...{ multiAz: true, deletionProtection: true, skipFinalSnapshot: false },
      backupRetentionPeriod: 30,
    });
    expect(String(database("prod")["finalSnapshotIdentifier"])).toMatch(/^[a-z][a-z0-9-]*-final-/);
    expect(database("staging")).toMatchObject({ multiAz: false, skipFinalSnapshot: true });
  });

  test("its secrets can be recovered; those of a passing stack give their names back", () => {
    const windows = (profile: Profile): unknown[] => [
      ...new Set(
        of(profile, "aws:secretsmanager/secret:Secret").map(
          ({ inputs }) => inputs["recoveryWindowInDays"],
        ),
      ),
    ];
    expect(windows("prod")).toEqual([30]);
    expect(windows("staging")).toEqual([0]);
  });
});
