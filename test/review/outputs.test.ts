import { readFileSync } from "node:fs";
import { join } from "node:path";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import type { Log } from "sarif";
import { call, Folder } from "./command";
import { database, DATABASE_URN, GROUP_URN, list, openGroup, preview, state } from "./fixtures";

const folder = new Folder();
afterAll(() => folder.remove());

/** The published schema is of draft 4; its head and one lax pattern are all that a current validator stumbles over. */
const { $schema: _draft, id: _id, ...rest } = schema as Record<string, unknown>;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const isSarif = ajv.compile(rest);

const hostile = `</script><img src=x onerror=alert(1)>"'&\u0000\ud800`;
const exemptions = folder.write(
  "exemptions.yaml",
  `exemptions: [{rule: database-port-world, urn: "${GROUP_URN}", owner: o@example.com, reason: a <b> "reason", expires: 2999-01-01}]`,
);
const INPUTS: [title: string, args: string[]][] = [
  ["a state", ["--file", folder.write("state.json", state(openGroup, database("x")))]],
  [
    "a preview",
    ["--preview", folder.write("preview.json", preview({ op: "create", newState: openGroup }))],
  ],
  ["a list", ["--resources", folder.write("list.json", list)]],
  [
    "a list with hostile names",
    [
      "--resources",
      folder.write(
        "evil.json",
        list.map((item) => ({ ...item, name: hostile })),
      ),
    ],
  ],
  ["an exemption", ["--file", join(folder.path, "state.json"), "--exemptions", exemptions]],
  ["nothing left to show", ["--resources", join(folder.path, "list.json"), "--control", "AC-17"]],
];

async function output(kind: string, args: readonly string[]): Promise<string> {
  const file = join(folder.path, `out.${kind}`);
  const { stderr } = await call(...args, `--${kind}`, file);
  expect(stderr).toBe("");
  return readFileSync(file, "utf8");
}

const sarif = async (args: readonly string[]): Promise<Log> =>
  JSON.parse(await output("sarif", args)) as Log;
const resultsOf = (log: Log): NonNullable<Log["runs"][number]["results"]> =>
  log.runs[0]?.results ?? [];

describe("SARIF", () => {
  it("is refused by the schema where it is wrong", () => {
    expect(isSarif({ version: "2.1.0", runs: [{ tool: { driver: {} } }] })).toBe(false);
  });

  it.each(INPUTS)("is valid for %s", async (_title, args) => {
    const log = await sarif(args);
    isSarif(log);
    expect(isSarif.errors ?? []).toEqual([]);
  });

  it("names rule, resource, line, and a fingerprint that is the same in the next run", async () => {
    const [, args] = INPUTS[0] as (typeof INPUTS)[number];
    const [log, again] = [await sarif(args), await sarif(args)];
    const result = resultsOf(log).find((item) => item.ruleId === "database-port-world");
    const rules = log.runs[0]?.tool.driver.rules ?? [];
    expect(rules[result?.ruleIndex ?? -1]?.id).toBe("database-port-world");
    expect(result?.level).toBe("error");
    const location = result?.locations?.[0];
    expect(location?.logicalLocations?.[0]?.fullyQualifiedName).toBe(GROUP_URN);
    expect(location?.physicalLocation).toEqual({
      artifactLocation: { uri: "stores/db.ts", uriBaseId: "%SRCROOT%" },
      region: { startLine: 12, startColumn: 5 },
    });
    const prints = (of: Log): unknown[] => resultsOf(of).map((item) => item.partialFingerprints);
    expect(prints(again)).toEqual(prints(log));
    expect(new Set(prints(log).map((print) => JSON.stringify(print))).size).toBe(
      prints(log).length,
    );
  });

  it("suppresses what is exempt, with the reason", async () => {
    const [, args] = INPUTS[4] as (typeof INPUTS)[number];
    const exempt = resultsOf(await sarif(args)).filter((item) => item.suppressions !== undefined);
    expect(exempt.map((item) => item.ruleId)).toEqual(["database-port-world"]);
    expect(exempt[0]?.suppressions?.[0]?.justification).toContain(
      "o@example.com, until 2999-01-01",
    );
  });

  it("leaves open what cannot be told", async () => {
    const props = { storageEncrypted: { ref: "x.y" } };
    const file = folder.write("open.json", [
      { type: "aws:rds/instance:Instance", name: "main", props },
    ]);
    const open = resultsOf(await sarif(["--resources", file])).filter(
      (item) => item.kind === "open",
    );
    expect(open.map((item) => [item.ruleId, item.level])).toContainEqual([
      "database-encrypted",
      "none",
    ]);
  });
});

describe("JUnit", () => {
  it.each(INPUTS)("is well formed for %s and counts what it holds", async (_title, args) => {
    const xml = await output("junit", args);
    expectBalanced(xml.replace(/^<\?xml[^>]*\?>/, ""));
    const number = (pattern: RegExp): number => xml.match(pattern)?.length ?? 0;
    const told = (key: string): number =>
      Number(new RegExp(`<testsuites [^>]*${key}="(\\d+)"`).exec(xml)?.[1]);
    expect(told("tests")).toBe(number(/<testcase /g));
    expect(told("failures")).toBe(number(/<failure /g));
    expect(told("skipped")).toBe(number(/<skipped /g));
  });

  it("fails the test of a violated rule and skips an exempt one", async () => {
    const [[, plain], , , , [, exempt]] = INPUTS as [
      [string, string[]],
      never,
      never,
      never,
      [string, string[]],
    ];
    const test = `classname="database-port-world" name="${GROUP_URN}" time="0">`;
    expect(await output("junit", plain)).toContain(`${test}<failure type="critical"`);
    expect(await output("junit", exempt)).toContain(
      `${test}<skipped message="exempt until 2999-01-01`,
    );
  });
});

describe("HTML", () => {
  it.each(INPUTS)("is one page without anything from elsewhere for %s", async (_title, args) => {
    const page = await output("html", args);
    expect(page).not.toMatch(
      /<(?:script|link|img|iframe)\b|@import|url\((?!#)|<[^<>]*\s(?:src|href)="(?!#)/i,
    );
    expectBalanced(page.replace("<!doctype html>", "").replace(/<meta [^>]*>|<br>/g, ""));
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)) {
      for (const id of (target as string).split(" ")) expect(ids).toContain(id);
    }
  });

  it("shows findings, controls, exemptions and the picture", async () => {
    const [, args] = INPUTS[4] as (typeof INPUTS)[number];
    const page = await output("html", args);
    for (const text of ["database-encrypted", "NIST-SC-28", "a &lt;b&gt; &quot;reason&quot;"]) {
      expect(page).toContain(text);
    }
    expect(page).toContain(DATABASE_URN);
    expect(page).toMatch(
      /<svg role="img"[\s\S]*<title[^>]*>Architecture[\s\S]*marker-end[\s\S]*<rect/,
    );
  });
});

describe("the terminal", () => {
  it("gets the worst first, without colour in a file", async () => {
    const { stdout } = await call("--file", join(folder.path, "state.json"));
    // eslint-disable-next-line no-control-regex -- the start of a colour is what is looked for
    expect(stdout).not.toMatch(/\u001b/);
    const order = [...stdout.matchAll(/^(CRITICAL|HIGH|MEDIUM|LOW) /gm)].map((match) => match[1]);
    const ranks = order.map((severity) =>
      ["CRITICAL", "HIGH", "MEDIUM", "LOW"].indexOf(severity as string),
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(ranks[0]).toBe(0);
  });

  it("gets nothing besides the JSON that was asked for", async () => {
    const { stdout } = await call("--file", join(folder.path, "state.json"), "--json", "-");
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual([
      "violations",
      "undecided",
      "exempted",
      "checked",
    ]);
  });
});

/** Fails unless every element that is opened is closed in order. */
function expectBalanced(text: string): void {
  const open: string[] = [];
  for (const [, close, name, attributes] of text.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|[^<>"])*)>/g,
  )) {
    if (close === "/") expect(open.pop()).toBe(name);
    else if (!attributes?.endsWith("/")) open.push(name as string);
  }
  expect(open).toEqual([]);
  expect(
    text.replace(/<\/?[a-zA-Z](?:"[^"]*"|[^<>"])*>/g, "").replace(/<style>[\s\S]*/, ""),
  ).not.toContain("<");
}
