import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { installPlugins, sdkVersion } from "../../sandbox/cli/plugins";
import type { Project } from "../../sandbox/cli/project";
import { choosePlugin, type Source } from "../../scripts/live/plugin";

let folder: string;
let attempts: number;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-plugin-"));
  attempts = 0;
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const program = (): string =>
  path.join(folder, "plugins/resource-docker-v5.2.0/pulumi-resource-docker");

function put(): void {
  fs.mkdirSync(path.dirname(program()), { recursive: true });
  fs.writeFileSync(program(), "");
}

const source = (code: number, tail: string[] = [], faults = false): Source => ({
  version: "5.2.0",
  plugins: path.join(folder, "plugins"),
  failure: path.join(folder, "cache/failure"),
  faults,
  install: () => {
    attempts += 1;
    if (code === 0) put();
    return Promise.resolve({ code, tail });
  },
});

describe("the docker plugin of a real engine", () => {
  test("is the official one where that is installed, and nothing is downloaded", async () => {
    put();
    const chosen = await choosePlugin(source(1));
    expect(chosen).toEqual({
      official: program(),
      note: "Docker plugin: the official one, 5.2.0.",
    });
    expect(attempts).toBe(0);
  });

  test("is the official one where it can be downloaded", async () => {
    expect((await choosePlugin(source(0))).official).toBe(program());
    expect(attempts).toBe(1);
  });

  test("is the sandbox's own where it cannot, with the reason, and one attempt a day", async () => {
    const chosen = await choosePlugin(source(1, ["retrying", "no such host"]));
    const note =
      "Docker plugin: the sandbox's own, since the official 5.2.0 could not be downloaded (no such host).";
    expect(chosen).toEqual({ note });
    expect(await choosePlugin(source(0))).toEqual({ note });
    expect(attempts).toBe(1);
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    fs.utimesSync(source(0).failure, yesterday, yesterday);
    expect((await choosePlugin(source(0))).official).toBe(program());
  });

  test("is the sandbox's own where an install says that it worked and left nothing", async () => {
    const install = () => Promise.resolve({ code: 0, tail: [] });
    expect((await choosePlugin({ ...source(1), install })).official).toBeUndefined();
  });

  test("is the sandbox's own where faults are planted", async () => {
    put();
    expect(await choosePlugin(source(0, [], true))).toEqual({
      note: "Docker plugin: the sandbox's own, since faults are planted.",
    });
  });

  test("stands where the engine looks, the official one instead of the sandbox's own", () => {
    const launchers = path.join(folder, "launchers");
    fs.mkdirSync(path.join(launchers, "docker"), { recursive: true });
    const project = { folder: __dirname, sandbox: { home: folder } } as Project;
    const version = sdkVersion(__dirname, "@pulumi/docker");
    const installed = path.join(
      folder,
      `plugins/resource-docker-v${version}/pulumi-resource-docker`,
    );
    expect(installPlugins(project, launchers)).toEqual([]);
    expect(fs.readlinkSync(installed)).toBe(path.join(launchers, "docker/pulumi-resource-docker"));
    process.env.SANDBOX_OFFICIAL_DOCKER = "/opt/pulumi-resource-docker";
    try {
      expect(installPlugins(project, launchers)).toEqual([]);
    } finally {
      delete process.env.SANDBOX_OFFICIAL_DOCKER;
    }
    expect(fs.readlinkSync(installed)).toBe("/opt/pulumi-resource-docker");
  });
});
