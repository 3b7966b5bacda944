import { readFileSync } from "node:fs";
import { join } from "node:path";
import { call, Folder } from "./command";
import {
  database,
  DATABASE_URN,
  GROUP_URN,
  list,
  openGroup,
  preview,
  shown,
  state,
} from "./fixtures";

const folder = new Folder();
afterAll(() => folder.remove());

interface Json {
  violations: {
    rule: string;
    urn: string;
    message: string;
    controls: string[];
    position?: object;
  }[];
  undecided: { rule: string; urn: string }[];
  exempted: { rule: string; exemption: { owner: string } }[];
  checked: { resources: number; decided: number; notes: string[] };
}

async function json(...args: string[]): Promise<Json> {
  return JSON.parse((await call(...args, "--json", "-")).stdout) as Json;
}

const has = (result: Json, rule: string, urn: string): boolean =>
  result.violations.some((finding) => finding.rule === rule && finding.urn === urn);

describe("inputs", () => {
  it("reads an export and a checkpoint alike", async () => {
    const content = state(openGroup, database("x"));
    const checkpoint = { version: 3, checkpoint: { stack: "dev", latest: content.deployment } };
    const one = await json("--file", folder.write("state.json", content));
    const two = await json("--file", folder.write("checkpoint.json", checkpoint));
    expect(has(one, "database-port-world", GROUP_URN)).toBe(true);
    expect(two.violations).toEqual(one.violations);
  });

  it("points to the line of the program, past packages", async () => {
    const { violations } = await json(
      "--file",
      folder.write("lines.json", state(openGroup, database("x"))),
    );
    const of = (urn: string): unknown =>
      violations.find((finding) => finding.urn === urn)?.position;
    expect(of(GROUP_URN)).toEqual({ file: "stores/db.ts", line: 12, column: 5 });
    expect(of(DATABASE_URN)).toEqual({ file: "index.ts", line: 7, column: 3 });
  });

  it("leaves out what is being replaced or only read, and says so", async () => {
    const content = state(
      { ...openGroup, delete: true },
      { ...openGroup, urn: `${GROUP_URN}2`, external: true },
      database("x"),
    );
    const result = await json("--file", folder.write("left.json", content));
    expect(result.checked.resources).toBe(1);
    expect(result.checked.notes).toHaveLength(2);
    expect(result.violations.some((finding) => finding.rule === "database-port-world")).toBe(false);
  });

  it("reads the steps of a preview and tells what is unknown", async () => {
    const unknown = { ...database("[secret]") };
    unknown.inputs = {
      storageEncrypted: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      password: "[secret]",
    };
    const content = preview(
      { op: "create", newState: openGroup },
      { op: "create", newState: unknown },
      { op: "delete" },
    );
    const result = await json("--preview", folder.write("preview.json", content));
    expect(has(result, "database-port-world", GROUP_URN)).toBe(true);
    expect(result.undecided).toContainEqual(
      expect.objectContaining({ rule: "database-encrypted", urn: DATABASE_URN }),
    );
  });

  it("says when a preview leaves out unchanged resources", async () => {
    const content = {
      ...preview({ op: "create", newState: openGroup }),
      changeSummary: { create: 1, same: 9 },
    };
    const { checked } = await json("--preview", folder.write("partial.json", content));
    expect(checked.notes.join()).toContain("9 unchanged resources");
  });

  it("follows the markers of a list", async () => {
    const item = {
      type: "aws:rds/instance:Instance",
      name: "main",
      props: { storageEncrypted: { ref: "x.y" } },
    };
    const { violations, undecided } = await json(
      "--resources",
      folder.write("list.json", [...list, item]),
    );
    expect(violations.map(({ rule }) => rule)).toContain("database-port-world");
    expect(undecided.map(({ rule }) => rule)).toContain("database-encrypted");
  });
});

describe("secrets", () => {
  const PASSWORD = "correct-horse-battery";

  it("are shown in no output, even of an export in clear", async () => {
    const file = folder.write("clear.json", state(openGroup, database(shown(PASSWORD))));
    const outputs = ["sarif", "junit", "json", "html"].map((name) =>
      join(folder.path, `out.${name}`),
    );
    const flags = outputs.flatMap((path) => [`--${path.split(".").pop()}`, path]);
    const { code, stdout, stderr } = await call("--file", file, ...flags);
    expect(code).toBe(1);
    for (const text of [stdout, stderr, ...outputs.map((path) => readFileSync(path, "utf8"))]) {
      expect(text).not.toContain(PASSWORD);
    }
  });

  it("give the same answers sealed and in clear", async () => {
    const sealed = state(
      database({ ...shown(PASSWORD), plaintext: undefined, ciphertext: "v1:x" }),
    );
    const clear = state(database(shown(PASSWORD)));
    const one = await json("--file", folder.write("one.json", sealed));
    const two = await json("--file", folder.write("two.json", clear));
    expect(two.violations).toEqual(one.violations);
    expect(two.undecided).toEqual(one.undecided);
  });
});

describe("filters and exemptions", () => {
  const file = folder.write("all.json", state(openGroup, database("x")));

  it("show one control, with its enhancements", async () => {
    const { violations } = await json("--file", file, "--control", "sc-28");
    expect(violations.map(({ rule }) => rule)).toContain("database-encrypted");
    for (const { controls } of violations) expect(controls.join()).toContain("NIST-SC-28");
  });

  it("show what is severe enough", async () => {
    const { violations } = await json("--file", file, "--min-severity", "critical");
    expect(violations.map(({ rule }) => rule)).toEqual(["database-port-world"]);
  });

  it("end with 0 when everything found is exempt, and name the owner", async () => {
    const exemptions = folder.write(
      "ok.yaml",
      `exemptions: [{rule: database-port-world, urn: "${GROUP_URN}", owner: ops@example.com, reason: test bed, expires: 2999-01-01}]`,
    );
    const args = ["--file", file, "--min-severity", "critical", "--exemptions", exemptions];
    const { exempted, violations } = await json(...args);
    expect(violations).toEqual([]);
    expect(exempted[0]?.exemption.owner).toBe("ops@example.com");
    expect((await call(...args)).code).toBe(0);
  });

  it("count an expired exemption and its finding", async () => {
    const exemptions = folder.write(
      "old.yaml",
      `exemptions: [{rule: database-port-world, urn: "${GROUP_URN}", owner: o, reason: r, expires: 2001-01-01}]`,
    );
    const { violations } = await json("--file", file, "--exemptions", exemptions);
    const rules = violations.map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(["database-port-world", "exemption-expired"]));
  });

  it("count an exemption that covers nothing", async () => {
    const exemptions = folder.write(
      "none.yaml",
      `exemptions: [{rule: bucket-public, urn: "*::logs", owner: o, reason: r, expires: 2999-01-01}]`,
    );
    const { violations } = await json("--file", file, "--exemptions", exemptions);
    expect(violations.map(({ rule }) => rule)).toContain("exemption-unmatched");
  });
});
