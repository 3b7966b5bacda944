import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { main } from "../../drill/main";
import { ROOT } from "../docs/markdown";

const COMMAND = path.join(ROOT, "bin/restore-drill");
const HOUR = 3_600_000;

interface SimulatedCloud {
  servers: Record<string, object>;
  newest?: string;
  faults: string[];
  calls: string[];
}

/** A database server as each provider leaves it in the state. */
const SERVERS = {
  aws: { type: "aws:rds/instance:Instance", id: "db-ABC", outputs: { identifier: "db" } },
  azure: {
    type: "azure-native:dbforpostgresql:Server",
    id: "/subscriptions/s/resourceGroups/rg-shop/providers/Microsoft.DBforPostgreSQL/flexibleServers/db",
    outputs: {},
  },
  gcp: {
    type: "gcp:sql/databaseInstance:DatabaseInstance",
    id: "db",
    outputs: { name: "db", project: "acme-shop" },
  },
} as const;

type Target = keyof typeof SERVERS;

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "restore-drill-"));
  for (const program of ["aws", "az", "gcloud"]) {
    fs.symlinkSync(path.join(__dirname, "stand-in.cjs"), path.join(folder, program));
  }
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => path.join(folder, name);
const cloud = (): SimulatedCloud =>
  JSON.parse(fs.readFileSync(file("cloud.json"), "utf8")) as SimulatedCloud;

/** Writes the state and the simulated cloud; gives the arguments and the environment of the command. */
function prepare(target: Target, changes: Partial<SimulatedCloud> = {}) {
  const server = SERVERS[target];
  const resource = {
    custom: true,
    urn: `urn:pulumi:prod::shop::${server.type}::db`,
    inputs: {},
    ...server,
  };
  fs.writeFileSync(
    file("state.json"),
    JSON.stringify({ version: 3, deployment: { resources: [resource] } }),
  );
  const source = { state: "ready", storage: 100, key: "key-1", public: false };
  const newest = new Date(Date.now() - 2 * HOUR).toISOString();
  const servers = { db: source, ...changes.servers };
  fs.writeFileSync(
    file("cloud.json"),
    JSON.stringify({ newest, faults: [], calls: [], ...changes, servers }),
  );
  return {
    args: ["--stack", "prod", "--file", file("state.json"), "--every", "0s"],
    env: {
      ...process.env,
      PATH: `${folder}${path.delimiter}${process.env["PATH"]}`,
      STAND_IN_CLOUD: file("cloud.json"),
    },
  };
}

/** Calls the command as bin/restore-drill does, without the start of a process of its own. */
async function call(args: readonly string[], env: NodeJS.ProcessEnv) {
  const before = process.env;
  process.env = env;
  let output = "";
  const spies = (["stdout", "stderr"] as const).map((name) =>
    jest.spyOn(process[name], "write").mockImplementation((text) => {
      output += String(text);
      return true;
    }),
  );
  try {
    return { status: await main(args), output };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.env = before;
  }
}

async function run(target: Target, changes: Partial<SimulatedCloud> = {}, ...more: string[]) {
  const { args, env } = prepare(target, changes);
  return { ...(await call([...args, ...more], env)), left: Object.keys(cloud().servers) };
}

describe.each(Object.keys(SERVERS) as Target[])("on %s", (target) => {
  test("restores, compares and removes", async () => {
    const { status, output, left } = await run(target);
    expect([status, left]).toEqual([0, ["db"]]);
    expect(output).toMatch(
      /2\.0 h old\n.*restores into portolan-drill-prod-db-\w+\n.*takes connections.*\n.*are as before\n.*is removed\n$/,
    );
  });

  test.each<[string, Partial<SimulatedCloud>, RegExp, string[]]>([
    ["there is no backup", { newest: undefined }, /db: has no backup/, []],
    [
      "the backup is too old",
      { newest: new Date(Date.now() - 30 * HOUR).toISOString() },
      /is 30\.0 h old, and 26\.0 h are allowed/,
      [],
    ],
    ["the restore is refused", { faults: ["refused"] }, /simulated: not allowed to restore/, []],
    ["the restore breaks", { faults: ["broken"] }, /the restore ended as "/, []],
    [
      "it never takes connections",
      { faults: ["slow"] },
      /is still ".*" after .*raise --patience/,
      ["--patience", "0s"],
    ],
    [
      "it is reachable from the internet",
      { faults: ["public"] },
      /reachable from the internet/,
      [],
    ],
    [
      "it has another key and a smaller disk",
      { faults: ["unencrypted", "smaller"] },
      /encryption was "key-1" and is ".*"; its disk has 10 GiB, and 100 before/,
      [],
    ],
  ])("fails when %s, and leaves nothing behind", async (_name, changes, sentence, more) => {
    const { status, output, left } = await run(target, changes, ...more);
    expect([status, left]).toEqual([1, ["db"]]);
    expect(output).toMatch(sentence);
  });

  test("touches no server but its own", async () => {
    const servers = {
      "portolan-drill-prod-db-old": { state: "ready", storage: 100, key: "key-1", public: false },
      "portolan-drill-staging-db-1": {},
      db2: {},
    };
    const { status, output, left } = await run(target, { servers });
    expect([status, left]).toEqual([0, ["db", "portolan-drill-staging-db-1", "db2"]]);
    expect(output).toMatch(/removes portolan-drill-prod-db-old, which an earlier drill has left/);
  });
});

test("what a killed drill has left is removed by the next", async () => {
  const { args, env } = prepare("aws", { faults: ["slow"] });
  const child = spawn(COMMAND, args, { env });
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.stdout.on("data", (text: Buffer) => {
    if (text.includes("restores into")) child.kill("SIGKILL");
  });
  await ended;
  // What the killed one had started may still write; it has when its server is there.
  expect(Object.keys(cloud().servers)).toHaveLength(2);
  fs.writeFileSync(file("cloud.json"), JSON.stringify({ ...cloud(), faults: [] }));
  const { status, stdout } = spawnSync(COMMAND, args, { env, encoding: "utf8" });
  expect([status, Object.keys(cloud().servers)]).toEqual([0, ["db"]]);
  expect(stdout).toMatch(/which an earlier drill has left/);
});

test.each<[string, object, RegExp]>([
  [
    "a Docker host",
    { type: "docker:index/container:Container", id: "c" },
    /a Docker host has no service that restores; docs\/docker-host.md/,
  ],
  [
    "a stack without a database",
    { type: "aws:s3/bucket:Bucket", id: "b" },
    /there is no database server in this stack/,
  ],
])("%s is refused with a sentence", async (_name, resource, sentence) => {
  const { args, env } = prepare("aws");
  fs.writeFileSync(
    file("state.json"),
    JSON.stringify({
      version: 3,
      deployment: {
        resources: [
          {
            custom: true,
            urn: "urn:pulumi:prod::shop::x::y",
            inputs: {},
            outputs: {},
            ...resource,
          },
        ],
      },
    }),
  );
  const { status, output } = await call(args, env);
  expect([status, output]).toEqual([2, expect.stringMatching(sentence)]);
});

test("without the cloud's command line it says what to install", async () => {
  const { args, env } = prepare("gcp");
  fs.rmSync(file("gcloud"));
  const { status, output } = await call(args, { ...env, PATH: folder });
  expect([status, output]).toEqual([
    2,
    expect.stringMatching(/gcloud is not on the PATH; install/),
  ]);
});
