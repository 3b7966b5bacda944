import { evaluate } from "../../policy/lib/evaluate";
import { Graph } from "../../policy/lib/graph/graph";
import { toResource, type PlainResource } from "../../policy/lib/resource";
import { allRules } from "../../policy/lib/rules";

const rules = allRules().filter(({ category }) => category === "deployability");

describe("what is there before a resource", () => {
  const plan: PlainResource[] = [
    { type: "aws:sqs/queue:Queue", name: "first" },
    { type: "my:index:Store", name: "store", opts: { dependsOn: ["first"] } },
    { type: "aws:s3/bucket:Bucket", name: "inside", parent: "store" },
    { type: "aws:s3/bucket:Bucket", name: "beside", parent: "store" },
    { type: "aws:sns/topic:Topic", name: "later", opts: { dependsOn: ["store"] } },
    { type: "aws:ec2/vpc:Vpc", name: "vpc" },
    { type: "aws:ec2/subnet:Subnet", name: "subnet", parent: "vpc" },
    { type: "aws:sns/topic:Topic", name: "near", props: { name: { ref: "vpc.id" } } },
  ];
  const graph = new Graph(plan.map((resource) => toResource(resource, true)));
  const before = (name: string): string[] => {
    const resource = graph.find(name);
    if (resource === undefined) throw new Error(name);
    return [...graph.closure(resource)].map((other) => other.name).sort();
  };

  it("holds all of a component somebody depends on", () => {
    expect(before("later")).toEqual(["beside", "first", "inside", "store"]);
  });

  it("holds what a component waits for, and not what else is in it", () => {
    expect(before("inside")).toEqual(["first", "store"]);
  });

  it("does not take what has another resource as its parent for a part of that", () => {
    expect(before("near")).toEqual(["vpc"]);
  });
});

describe("findings", () => {
  it("end with what the cloud would answer", () => {
    const task = { requiresCompatibilities: ["FARGATE"], networkMode: "awsvpc", cpu: "3" };
    const { violations } = evaluate([
      { type: "aws:ecs/taskDefinition:TaskDefinition", props: { ...task, memory: "512" } },
    ]);
    const found = violations.find(({ rule }) => rule === "aws-fargate-cpu-memory");
    expect(found?.message).toBe(
      "cpu 3 is none of 256, 512, 1024, 2048, 4096, 8192, 16384; " +
        "the cloud refuses it: ClientException: Invalid 'cpu' setting for task.",
    );
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))("of %s can say so", (_id, rule) => {
    expect(rule.fails?.answer).toMatch(/\S/);
    expect(rule.severity).toMatch(/high|medium/);
  });
});
