import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Catalogue } from "../../sandbox/lib/catalogue";
import { check } from "../../sandbox/lib/check";
import { difference } from "../../sandbox/lib/diff";
import { Resources } from "../../sandbox/lib/resources";
import { Seal } from "../../sandbox/lib/seal";
import { Store } from "../../sandbox/lib/store";
import { plain } from "../../sandbox/lib/values";
import type { Plain, Properties } from "../../sandbox/lib/values";
import { provider } from "../../sandbox/aws/index";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const LAMBDA = "aws:lambda/invocation:Invocation";

let folder: string;
let catalogue: Catalogue;
let resources: Resources;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "simulated-aws-"));
  process.env.SANDBOX_CLOUD = folder;
  catalogue = new Catalogue(provider, () => Promise.resolve({}));
  const store = new Store(folder, "aws", new Seal("a passphrase for tests"));
  const config = { region: "eu-central-1", allowedAccountIds: ["111122223333"] };
  resources = new Resources(provider, catalogue, store, config);
});

afterEach(() => {
  delete process.env.SANDBOX_CLOUD;
  fs.rmSync(folder, { recursive: true });
});

const urn = (type: string, name: string): string => `urn:pulumi:test::test::${type}::${name}`;

async function inputsOf(type: string, name: string, news: Properties) {
  const table = await catalogue.table(type);
  const seed = new Uint8Array(8);
  return check({ table, type, logicalName: name, olds: {}, news, seed, autonaming: undefined });
}

/** Check and create; gives all outputs, and fails where a check does. */
async function make(type: string, name: string, news: Properties): Promise<Plain> {
  const { inputs, failures } = await inputsOf(type, name, news);
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
  const made = await resources.create({ type, urn: urn(type, name), id: "" }, inputs);
  resources.acknowledge(urn(type, name));
  return { ...plain(made.outputs), id: made.id };
}

const trust = (service: string): string =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

async function vpc(): Promise<{ id: string; subnets: string[]; group: string }> {
  const { id } = await make("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.0.0.0/16" });
  const subnets: string[] = [];
  for (const [index, zone] of ["a", "b"].entries()) {
    const subnet = await make("aws:ec2/subnet:Subnet", `net-${zone}`, {
      vpcId: id,
      cidrBlock: `10.0.${index}.0/24`,
      availabilityZone: `eu-central-1${zone}`,
    });
    subnets.push(subnet.id);
  }
  const group = await make("aws:ec2/securityGroup:SecurityGroup", "tasks", { vpcId: id });
  return { id, subnets, group: group.id };
}

async function task(extra: Properties = {}): Promise<Plain> {
  return make(TASK, "web", {
    family: "web",
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    containerDefinitions: JSON.stringify([
      { name: "web", image: "example.com/web:1", portMappings: [{ containerPort: 8080 }] },
    ]),
    ...extra,
  });
}

describe("task definitions", () => {
  it("count revisions per family", async () => {
    expect((await task()).revision).toBe(1);
    const second = await task();
    expect(second.arn).toBe("arn:aws:ecs:eu-central-1:111122223333:task-definition/web:2");
    expect((await task({ family: "other" })).revision).toBe(1);
  });

  it("take only sizes that Fargate has", async () => {
    await expect(task({ memory: "4096" })).rejects.toThrow("No Fargate configuration exists");
    await expect(task({ networkMode: "bridge" })).rejects.toThrow("network mode 'awsvpc'");
    await expect(task({ cpu: ".5 vCPU", memory: "1 GB" })).resolves.toHaveProperty("revision");
  });

  it("are replaced by another image, and not by another order of keys", async () => {
    const table = await catalogue.table(TASK);
    const old = { containerDefinitions: '[{"name":"web","image":"a:1"}]' };
    const same = { containerDefinitions: '[ {"image":"a:1", "name":"web"} ]' };
    const other = { containerDefinitions: '[{"name":"web","image":"a:2"}]' };
    expect(difference(table, [], old, same).changes).toEqual([]);
    expect(difference(table, [], old, other)).toMatchObject({ replaces: true });
  });
});

describe("services", () => {
  it("need a listener on their target group, and a port of the container", async () => {
    const { id: vpcId, subnets, group } = await vpc();
    const cluster = await make("aws:ecs/cluster:Cluster", "main", {});
    const { arn: taskDefinition } = await task();
    const target = await make("aws:lb/targetGroup:TargetGroup", "blue", {
      ...{ vpcId, port: 8080, protocol: "HTTP", targetType: "ip" },
    });
    const service = (containerPort: number): Promise<Plain> =>
      make("aws:ecs/service:Service", "web", {
        ...{ cluster: cluster.arn, taskDefinition, desiredCount: 1 },
        networkConfiguration: { subnets, securityGroups: [group] },
        loadBalancers: [{ targetGroupArn: target.arn, containerName: "web", containerPort }],
      });
    await expect(service(8080)).rejects.toThrow("does not have an associated load balancer");
    await make("aws:ec2/internetGateway:InternetGateway", "net", { vpcId });
    const balancer = await make("aws:lb/loadBalancer:LoadBalancer", "edge", { subnets });
    const listener = { loadBalancerArn: balancer.arn, port: 443, protocol: "HTTPS" };
    const defaultActions = [{ type: "forward", targetGroupArn: target.arn }];
    const http = { ...listener, port: 80, protocol: "HTTP", defaultActions };
    await make("aws:lb/listener:Listener", "http", http);
    await expect(service(80)).rejects.toThrow("did not have a container port 80 defined");
    await expect(service(8080)).resolves.toMatchObject({ name: expect.stringMatching(/^web-/) });
  });
});

describe("certificates", () => {
  it("serve a listener only when their proofs stood in a zone", async () => {
    const { id: vpcId, subnets } = await vpc();
    await make("aws:ec2/internetGateway:InternetGateway", "net", { vpcId });
    const balancer = await make("aws:lb/loadBalancer:LoadBalancer", "edge", { subnets });
    const certificate = await make("aws:acm/certificate:Certificate", "hosts", {
      ...{ domainName: "a.example.com", subjectAlternativeNames: ["b.example.com"] },
      validationMethod: "DNS",
    });
    const options: Plain[] = certificate.domainValidationOptions;
    expect(options.map(({ domainName }) => domainName)).toEqual(["a.example.com", "b.example.com"]);
    const issue = (): Promise<Plain> =>
      make("aws:acm/certificateValidation:CertificateValidation", "issued", {
        certificateArn: certificate.arn,
      });
    const listen = (): Promise<Plain> =>
      make("aws:lb/listener:Listener", "https", {
        ...{ loadBalancerArn: balancer.arn, port: 443, protocol: "HTTPS" },
        certificateArn: certificate.arn,
        defaultActions: [{ type: "fixed-response" }],
      });
    await expect(issue()).rejects.toThrow("a.example.com, b.example.com");
    await expect(listen()).rejects.toThrow("UnsupportedCertificate");
    for (const option of options) {
      await make("aws:route53/record:Record", `proof-${option.domainName}`, {
        zoneId: "Z0123456789EXAMPLE",
        name: option.resourceRecordName,
        type: option.resourceRecordType,
        records: [option.resourceRecordValue],
        ttl: 300,
      });
    }
    await issue();
    await expect(listen()).resolves.toHaveProperty("arn");
  });
});

describe("functions that run a task", () => {
  async function run(): Promise<Plain> {
    const role = await make("aws:iam/role:Role", "runner", {
      assumeRolePolicy: trust("lambda.amazonaws.com"),
    });
    const runner = await make("aws:lambda/function:Function", "runner", {
      ...{ role: role.arn, runtime: "nodejs22.x", handler: "index.handler" },
      environment: { variables: { PORTOLAN_RUNS_TASK: "1" } },
    });
    const cluster = await make("aws:ecs/cluster:Cluster", "main", {});
    const { subnets, group } = await vpc();
    const { arn: taskDefinition } = await task();
    const event = {
      ...{ cluster: cluster.arn, taskDefinition, subnets, securityGroups: [group] },
      ...{ container: "web-migrate", timeoutSeconds: 60 },
    };
    const input = JSON.stringify(event);
    return make(LAMBDA, "run", { functionName: runner.name, input });
  }

  it("answer the exit code of the simulated task", async () => {
    const { result } = await run();
    expect(JSON.parse(result)).toMatchObject({
      exitCode: 0,
      taskArn: expect.stringContaining(":task/main-"),
      stoppedReason: expect.stringContaining("simulated"),
    });
  });

  it("fail with a planned exit code, like the real one", async () => {
    fs.writeFileSync(path.join(folder, "aws-job-exits.json"), '{"*-migrate": 3}');
    await expect(run()).rejects.toThrow(/returned error: .*ended with exit code 3.*simulated/);
  });
});

it("keeps a protected load balancer", async () => {
  const { id: vpcId, subnets } = await vpc();
  await make("aws:ec2/internetGateway:InternetGateway", "net", { vpcId });
  const type = "aws:lb/loadBalancer:LoadBalancer";
  const { id } = await make(type, "edge", { subnets, enableDeletionProtection: true });
  const removal = resources.remove({ type, urn: urn(type, "edge"), id }, {});
  await expect(removal).rejects.toThrow("deletion protection is enabled");
});
