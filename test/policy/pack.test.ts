import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { allRules } from "../../policy/lib/rules";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const DATABASE = "aws:rds/instance:Instance";

let pack: ChildProcess;
let client: AnalyzerClient;

/** Starts the pack as the engine does, in its own folder, and waits for the port it prints. */
beforeAll(async () => {
  const cwd = join(__dirname, "../../policy");
  pack = spawn(process.execPath, ["index.js", "127.0.0.1:1"], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<string>((resolve) =>
    pack.stdout?.once("data", (data) => resolve(String(data).trim())),
  );
  client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
});

afterAll(() => {
  client.close();
  pack.kill();
});

type Call<Request, Response> = (
  request: Request,
  callback: (error: grpc.ServiceError | null, response: Response) => void,
) => unknown;

function ask<Request, Response>(
  call: Call<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) =>
    call.call(client, request, (error, response) =>
      error === null ? resolve(response) : reject(error),
    ),
  );
}

const urnOf = (type: string, name: string): string =>
  `urn:pulumi:staging::portolan::${type}::${name}`;

async function analyze(type: string, props: object) {
  const request = new messages.AnalyzeRequest();
  request.setType(type);
  request.setName("main");
  request.setUrn(urnOf(type, "main"));
  request.setProperties(Struct.fromJavaScript(props as never));
  const response = await ask(
    client.analyze as Call<messages.AnalyzeRequest, messages.AnalyzeResponse>,
    request,
  );
  return response.getDiagnosticsList();
}

const named = (
  list: messages.AnalyzeDiagnostic[],
  rule: string,
): messages.AnalyzeDiagnostic | undefined =>
  list.find((diagnostic) => diagnostic.getPolicyname() === rule);

async function configure(
  config: Record<string, { level?: number; properties?: object }>,
): Promise<void> {
  const request = new messages.ConfigureAnalyzerRequest();
  for (const [id, { level, properties }] of Object.entries(config)) {
    const entry = new messages.PolicyConfig();
    if (level !== undefined) entry.setEnforcementlevel(level);
    if (properties !== undefined) entry.setProperties(Struct.fromJavaScript(properties as never));
    request.getPolicyconfigMap().set(id, entry);
  }
  await ask(client.configure as Call<messages.ConfigureAnalyzerRequest, Empty>, request);
}

it("lists every rule with its level, severity and category", async () => {
  const info = await ask(client.getAnalyzerInfo as Call<Empty, messages.AnalyzerInfo>, new Empty());
  expect(info.getName()).toBe("portolan");
  const policies = info.getPoliciesList();
  for (const rule of allRules()) {
    const policy = policies.find((candidate) => candidate.getName() === rule.id);
    expect(policy?.getTagsList()).toEqual([rule.category, rule.profile]);
  }
});

it("reports a violation under the rule's own name, at its level", async () => {
  const found = named(await analyze(DATABASE, { storageEncrypted: false }), "database-encrypted");
  expect(found?.getEnforcementlevel()).toBe(messages.EnforcementLevel.MANDATORY);
  expect(found?.getMessage()).toMatch(/storageEncrypted: .*\nFix: Set storageEncrypted/);
  expect(found?.getUrn()).toBe(urnOf(DATABASE, "main"));
});

it("tells what is unknown instead of passing or failing it", async () => {
  const found = named(await analyze(DATABASE, { storageEncrypted: UNKNOWN }), "database-encrypted");
  expect(found?.getEnforcementlevel()).toBe(messages.EnforcementLevel.ADVISORY);
  expect(found?.getMessage()).toBe("cannot tell yet: storageEncrypted is unknown until the update");
});

it("opens secrets to judge them", async () => {
  const secret = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    value: false,
  };
  expect(
    named(await analyze(DATABASE, { storageEncrypted: secret }), "database-encrypted"),
  ).toBeDefined();
});

it("follows the links of the finished stack", async () => {
  const bucket = "aws:s3/bucket:Bucket";
  const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
  const make = (
    type: string,
    name: string,
    props: object,
    links: Record<string, string[]> = {},
  ) => {
    const resource = new messages.AnalyzerResource();
    resource.setType(type);
    resource.setName(name);
    resource.setUrn(urnOf(type, name));
    resource.setProperties(Struct.fromJavaScript(props as never));
    for (const [property, urns] of Object.entries(links)) {
      const dependencies = new messages.AnalyzerPropertyDependencies();
      dependencies.setUrnsList(urns);
      resource.getPropertydependenciesMap().set(property, dependencies);
    }
    return resource;
  };
  const request = new messages.AnalyzeStackRequest();
  request.setResourcesList([
    make(bucket, "guarded", {}),
    make(bucket, "open", {}),
    make(block, "guarded", { bucket: UNKNOWN }, { bucket: [urnOf(bucket, "guarded")] }),
  ]);
  const response = await ask(
    client.analyzeStack as Call<messages.AnalyzeStackRequest, messages.AnalyzeResponse>,
    request,
  );
  const found = response
    .getDiagnosticsList()
    .filter((item) => item.getPolicyname() === "bucket-locked-down");
  expect(found.map((item) => item.getUrn())).toEqual([urnOf(bucket, "open")]);
});

it("takes levels and settings from the CLI's config, and refuses what is wrong", async () => {
  const { ADVISORY } = messages.EnforcementLevel;
  const logs = "aws:cloudwatch/logGroup:LogGroup";
  await configure({
    "database-encrypted": { level: ADVISORY },
    settings: { level: ADVISORY, properties: { minimumLogDays: 365 } },
  });
  const found = named(await analyze(DATABASE, { storageEncrypted: false }), "database-encrypted");
  expect(found?.getEnforcementlevel()).toBe(ADVISORY);
  expect(
    named(await analyze(logs, { retentionInDays: 90 }), "log-retention-minimum"),
  ).toBeDefined();
  await expect(configure({ settings: { properties: { colour: "blue" } } })).rejects.toThrow(
    /there is no such setting/,
  );
  await expect(configure({ "database-encrypted": { properties: { days: 1 } } })).rejects.toThrow(
    /rules have a level only/,
  );
  await configure({});
});
