import fs from "node:fs";
import path from "node:path";
import { ensureToolchain } from "../../scripts/toolchain/index.js";
import type { Machine, MachineOptions } from "./fake-machine";
import { fakeMachine } from "./fake-machine";

let machine: Machine;
afterEach(() => machine.remove());

function ensure(options: MachineOptions) {
  machine = fakeMachine(options);
  return ensureToolchain({ env: machine.env, progress: machine.progress });
}
const again = () => ensureToolchain({ env: machine.env, progress: machine.progress });
const commands = () => machine.calls().map((line) => line.split(" ")[0]);

describe("the order of the search", () => {
  test("a fitting pulumi on PATH is taken, and nothing is fetched or built", async () => {
    const found = await ensure({ pulumiOnPath: "v3.260.1", curl: "online", go: "1.26.0" });
    expect(found).toMatchObject({ source: "path", official: true, version: "v3.260.1" });
    expect(commands()).toEqual(["pulumi"]);
    expect(machine.output()).toBe("");
  });

  test("the download comes before the Go build, and its programs count as official", async () => {
    const found = await ensure({ curl: "online", go: "1.26.0" });
    expect(found).toMatchObject({ source: "cache", official: true });
    expect(commands()).toEqual(["curl"]);
    expect(found.binDir).toBe(path.join(machine.finished, "bin"));
  });

  test("the download gives up connecting after 5 seconds", async () => {
    await ensure({ curl: "online" });
    expect(machine.calls()[0]).toContain("--connect-timeout 5 ");
  });

  test("without the internet the programs are built, and the language host counts as older", async () => {
    const found = await ensure({ curl: "offline", go: "1.26.0" });
    expect(found).toMatchObject({ source: "cache", official: false, version: "v3.255.0" });
    const builds = machine.calls().filter((line) => line.startsWith("go build"));
    expect(builds).toHaveLength(2);
    expect(builds[0]).toContain("pulumi-language-nodejs");
    expect(builds[1]).toMatch(/cmd\/pulumi$/);
    expect(machine.output()).toContain("not possible: curl: (6) Could not resolve host");
    expect(machine.output()).toContain("Next: building it from its Go modules.");
  });

  test("a second run uses the cache and makes nothing", async () => {
    await ensure({ curl: "offline", go: "1.26.0" });
    const before = machine.calls();
    const output = machine.output();
    expect(await again()).toMatchObject({ source: "cache" });
    expect(machine.calls()).toEqual(before);
    expect(machine.output()).toBe(output);
  });

  test("our own cache folder on PATH does not pass for the official CLI", async () => {
    await ensure({ curl: "offline", go: "1.26.0" });
    const PATH = path.join(machine.finished, "bin");
    const found = await ensureToolchain({ env: { ...machine.env, PATH } });
    expect(found).toMatchObject({ source: "cache", official: false });
  });
});

describe("what does not fit", () => {
  test.each(["v3.254.9", "v2.30.0", "v4.0.0", "v3.99.0"])(
    "pulumi %s on PATH is passed over, with the reason",
    async (version) => {
      const found = await ensure({ pulumiOnPath: version, curl: "online" });
      expect(found.source).toBe("cache");
      expect(machine.output()).toContain(`the pulumi on PATH is ${version}`);
    },
  );

  test("a pulumi on PATH without the language host is passed over, with the reason", async () => {
    const found = await ensure({ pulumiOnPath: "v3.255.0", languageHost: false, curl: "online" });
    expect(found.source).toBe("cache");
    expect(machine.output()).toContain("has no pulumi-language-nodejs beside it or on PATH");
  });

  test("an archive whose pulumi tells another version is not kept", async () => {
    const attempt = ensure({ curl: "online", made: "v3.200.0" });
    await expect(attempt).rejects.toThrow("its pulumi tells the version v3.200.0");
    expect(fs.readdirSync(machine.cache)).toEqual([]);
  });

  test("a Go that can switch its toolchain is told to; an older one is refused", async () => {
    await ensure({ curl: "offline", go: "1.22.5" });
    expect(machine.calls()).toContain("GOTOOLCHAIN=auto");
    machine.remove();
    await expect(ensure({ curl: "offline", go: "1.20.1" })).rejects.toThrow("Go 1.20.1 is too old");
  });
});

describe("no way at all", () => {
  test("no Go and no internet: one sentence with the two ways out", async () => {
    const error = await ensure({ curl: "offline" }).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(Error);
    const { message } = error as Error;
    expect(message).not.toContain("\n");
    expect(message).toContain("install the Pulumi CLI from https://www.pulumi.com/docs/install/");
    expect(message).toContain("install Go 1.26 or newer from https://go.dev/dl/");
    expect(fs.readdirSync(machine.cache)).toEqual([]);
  });

  test("a failed build shows Go's own words and keeps nothing", async () => {
    const attempt = ensure({ go: "1.26.0", buildError: "go: module not reachable" });
    await expect(attempt).rejects.toThrow(/go: module not reachable[\s\S]*GOPROXY/);
    expect(fs.readdirSync(machine.cache)).toEqual([]);
  });
});
