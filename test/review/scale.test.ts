import { review } from "../../review/review";
import type { Plan, PlannedResource } from "../../review/input/plan";
import { architecture } from "../../review/picture/svg";
import { toSarif } from "../../review/output/sarif";
import { toJunit } from "../../review/output/junit";

/** Databases, each behind a security group of its own that lets the internet in. */
function plan(size: number): Plan {
  const resources = Array.from({ length: size / 2 }, (_, index): PlannedResource[] => {
    const ingress = [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["0.0.0.0/0"] }];
    const group = `urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::group-${index}`;
    return [
      {
        type: "aws:ec2/securityGroup:SecurityGroup",
        name: `group-${index}`,
        urn: group,
        custom: true,
        props: { ingress },
      },
      {
        type: "aws:rds/instance:Instance",
        name: `db-${index}`,
        urn: `urn:pulumi:dev::shop::aws:rds/instance:Instance::db-${index}`,
        custom: true,
        props: { storageEncrypted: true, vpcSecurityGroupIds: [`sg-${index}`] },
        propertyDependencies: { vpcSecurityGroupIds: [group] },
      },
    ];
  });
  return {
    source: "a large plan",
    file: "",
    resources: resources.flat(),
    markers: false,
    notes: [],
  };
}

/** Processor time of a review with its outputs in microseconds per resource; waiting for others does not count. */
function cost(size: number): number {
  const input = plan(size);
  const start = process.cpuUsage();
  const result = review(input, {});
  expect(toSarif(result).runs[0]?.results?.length).toBeGreaterThanOrEqual(size / 2);
  expect(toJunit(result)).toContain("database-port-world");
  expect(architecture(result)).toContain("resources of one service");
  const { user, system } = process.cpuUsage(start);
  return (user + system) / size;
}

test("a resource of 10,000 costs no more than a few times one of 1,000", () => {
  cost(1_000);
  const small = Math.min(cost(1_000), cost(1_000));
  expect(cost(10_000)).toBeLessThan(small * 4);
});
