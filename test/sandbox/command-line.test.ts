import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as yaml from "js-yaml";
import { parseArguments } from "../../sandbox/cli/arguments";
import { findProject, openSandbox } from "../../sandbox/cli/project";
import { copyStackConfig } from "../../sandbox/cli/stack-config";

test("a command line is split into what the sandbox needs and what is passed on", () => {
  const line = "-C some/dir up --yes --stack prod --no-policy --policy-pack a,b -c x=1 --diff";
  const args = parseArguments(line.split(" "));
  expect(args).toMatchObject({
    cwd: "some/dir",
    stack: "prod",
    noPolicy: true,
    policyPacks: ["a", "b"],
  });
  expect(args.words).toEqual(["up"]);
  expect(args.passed).toEqual(["up", "--yes", "-c", "x=1", "--diff"]);
});

test("an option without its value is refused by name", () => {
  expect(() => parseArguments(["up", "--stack"])).toThrow("--stack: a value is missing");
});

describe("the copy of a stack's config", () => {
  let folder: string;
  const salt = `v1:${Buffer.from("12345678").toString("base64")}:v1:AAAA:AAAA`;
  const source = (): string => path.join(folder, "Pulumi.dev.yaml");
  const copy = (): { encryptionsalt: string; config: Record<string, unknown> } => {
    const project = findProject(folder);
    return yaml.load(fs.readFileSync(copyStackConfig(project, "dev", source()), "utf8")) as never;
  };

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-config-"));
    fs.writeFileSync(path.join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    const project = findProject(folder);
    openSandbox(project);
    fs.writeFileSync(
      path.join(project.sandbox.config, "Pulumi.dev.yaml"),
      `encryptionsalt: ${salt}\n`,
    );
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  test("keeps plain values, and puts placeholders for secrets of the real stack", () => {
    const text =
      "secretsprovider: awskms://alias/x\nconfig:\n  a:size: 3\n  a:key:\n    secure: v1:real:secret\n";
    fs.writeFileSync(source(), text);
    const { config, ...rest } = copy();
    expect(fs.readFileSync(source(), "utf8")).toBe(text);
    expect(rest).toEqual({ encryptionsalt: salt });
    expect(config["a:size"]).toBe(3);
    expect(decrypt((config["a:key"] as { secure: string }).secure)).toMatch(
      /^sandbox-placeholder-/,
    );
  });

  test("keeps what was changed in the sandbox when the source changes", () => {
    fs.writeFileSync(source(), "config:\n  a:size: 3\n  a:zone: x\n");
    copy();
    const file = path.join(findProject(folder).sandbox.config, "Pulumi.dev.yaml");
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("a:size: 3", "a:size: 9"));
    fs.writeFileSync(source(), "config:\n  a:size: 4\n  a:zone: y\n");
    expect(copy().config).toEqual({ "a:size": 9, "a:zone": "y" });
  });

  function decrypt(secure: string): string {
    const passphrase = fs.readFileSync(findProject(folder).sandbox.passphraseFile, "utf8").trim();
    const key = pbkdf2Sync(passphrase, Buffer.from("12345678"), 1_000_000, 32, "sha256");
    const [nonce, body] = secure
      .split(":")
      .slice(1)
      .map((part) => Buffer.from(part, "base64"));
    if (nonce === undefined || body === undefined) throw new Error(`not a secure value: ${secure}`);
    const decipher = createDecipheriv("aes-256-gcm", key, nonce);
    decipher.setAuthTag(body.subarray(-16));
    return Buffer.concat([decipher.update(body.subarray(0, -16)), decipher.final()]).toString(
      "utf8",
    );
  }
});
