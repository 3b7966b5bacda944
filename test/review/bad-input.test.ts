import { join } from "node:path";
import { call, Folder } from "./command";
import { database, encrypted, list, openGroup, preview, state } from "./fixtures";

const folder = new Folder();
afterAll(() => folder.remove());

const good = folder.write("good.json", list);
const truncated = JSON.stringify(state(openGroup)).slice(0, -30);

/** Arguments, and a part of the sentence that has to say what is wrong and what to do. */
const CASES: [title: string, args: string[], sentence: RegExp][] = [
  ["no input", [], /name one of --stack, --file, --preview, --resources/],
  [
    "two inputs",
    ["--resources", good, "--file", good],
    /--file and --resources: one review reads one/,
  ],
  ["a missing file", ["--file", join(folder.path, "none.json")], /no such file.*name a JSON file/],
  ["a folder", ["--file", folder.path], /this is a folder/],
  ["an empty file", ["--file", folder.write("empty.json", "")], /is empty; write a state with/],
  [
    "a truncated state",
    ["--file", folder.write("cut.json", truncated)],
    /truncated; write a state with/,
  ],
  ["text", ["--file", folder.write("text.json", "hello")], /is not JSON; write a state with/],
  ["foreign JSON", ["--file", folder.write("foreign.json", { name: "x" })], /not a Pulumi state/],
  ["a list as a state", ["--file", good], /is not a state; write/],
  ["a preview as a state", ["--file", folder.write("p.json", preview())], /give it as --preview/],
  ["a state as a preview", ["--preview", folder.write("s.json", state())], /give it as --file/],
  [
    "an older state",
    ["--file", folder.write("v2.json", { ...state(openGroup), version: 2 })],
    /version 2, and versions 3 and 4/,
  ],
  [
    "a later state",
    ["--file", folder.write("v9.json", { ...state(openGroup), version: 9 })],
    /version 9/,
  ],
  [
    "an empty state",
    ["--file", folder.write("nothing.json", state())],
    /no resources.*run pulumi up first/,
  ],
  [
    "a stack without state",
    ["--file", folder.write("null.json", { version: 3, deployment: null })],
    /no resources yet/,
  ],
  [
    "a state of odd resources",
    ["--file", folder.write("odd.json", state({ a: 1 }))],
    /resource 1: has no urn and type/,
  ],
  [
    "an empty preview",
    ["--preview", folder.write("np.json", preview())],
    /nothing to check.*--show-sames/,
  ],
  [
    "a preview of deletions",
    ["--preview", folder.write("dp.json", preview({ op: "delete" }))],
    /nothing to check/,
  ],
  [
    "a preview of another version",
    ["--preview", folder.write("op.json", { resources: [] })],
    /has no steps.*another version/,
  ],
  [
    "steps of another version",
    ["--preview", folder.write("os.json", { steps: [{ kind: 1 }] })],
    /step 1 has no op.*another version/,
  ],
  [
    "an event stream",
    ["--preview", folder.write("ev.json", '{"sequence":1}\n{"sequence":2}\n')],
    /stream of engine events.*unset/,
  ],
  ["an empty list", ["--resources", folder.write("nl.json", [])], /holds no resources/],
  ["a list that is none", ["--resources", folder.write("ol.json", {})], /is not a list; write/],
  [
    "an item without type",
    ["--resources", folder.write("nt.json", [{ name: "x" }])],
    /resource 1: "type" is not a type token/,
  ],
  [
    "an unknown stack",
    ["--stack", "no-such-stack-anywhere"],
    /not found.*or give an export with --file/,
  ],
  ["a stack name that is a path", ["--stack", "../../etc/passwd"], /is not the name of a stack/],
  [
    "an unknown rule",
    ["--resources", good, "--config", folder.write("c.json", { nonsense: "advisory" })],
    /nonsense: there is no rule/,
  ],
  [
    "an unknown level",
    ["--resources", good, "--config", folder.write("l.json", { "image-pinned": "loud" })],
    /image-pinned: "loud" is not a level/,
  ],
  ["a config that is a list", ["--resources", good, "--config", good], /not an object of rule ids/],
  [
    "an unknown profile",
    ["--resources", good, "--profile", "moon"],
    /no such profile; known are .*prod/,
  ],
  [
    "profile and config",
    ["--resources", good, "--profile", "prod", "--config", good],
    /name one of them/,
  ],
  [
    "an unknown control",
    ["--resources", good, "--control", "NIST-ZZ-9"],
    /no rule has this control; known are .*NIST-SC-7/,
  ],
  [
    "an unknown severity",
    ["--resources", good, "--min-severity", "loud"],
    /Allowed choices are critical/,
  ],
  ["an unknown option", ["--resources", good, "--colour"], /unknown option/],
  [
    "a missing output folder",
    ["--resources", good, "--html", join(folder.path, "none", "x.html")],
    /does not exist; make it first/,
  ],
  [
    "an output that is a folder",
    ["--resources", good, "--sarif", folder.path],
    /cannot be written/,
  ],
  [
    "two outputs for one",
    ["--resources", good, "--json", "-", "--sarif", "-"],
    /one of them can have the standard output/,
  ],
  [
    "a missing exemptions file",
    ["--resources", good, "--exemptions", join(folder.path, "none.yaml")],
    /cannot be read/,
  ],
  [
    "an exemption without fields",
    [
      "--resources",
      good,
      "--exemptions",
      folder.write("e1.yaml", "exemptions: [{rule: image-pinned}]"),
    ],
    /exemptions\[0\].owner: is missing/,
  ],
  [
    "a bad glob",
    ["--resources", good, "--exemptions", folder.write("e2.yaml", exemption("urn:*::{a,b}"))],
    /is not a pattern; only \* and \?/,
  ],
  [
    "a glob of everything",
    ["--resources", good, "--exemptions", folder.write("e3.yaml", exemption("*"))],
    /would exempt everything/,
  ],
];

function exemption(urn: string): string {
  return `exemptions: [{rule: image-pinned, urn: "${urn}", owner: o, reason: r, expires: 2030-01-31}]`;
}

describe("bad input", () => {
  it.each(CASES)("%s is a sentence and exit code 2", async (_title, args, sentence) => {
    const { code, stdout, stderr } = await call(...args);
    expect(stderr).toMatch(sentence);
    expect(code).toBe(2);
    expect(stdout).not.toContain("No violations");
    expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
  });

  it("never calls a plan clean that no rule decided on", async () => {
    const file = folder.write("unknown.json", [
      { type: "acme:index:Rocket", name: "r", props: {} },
    ]);
    const { code, stdout, stderr } = await call("--resources", file);
    expect(code).toBe(2);
    expect(stderr).toContain("Nothing was checked");
    expect(stdout).not.toContain("No violations");
  });

  it("takes a state whose secrets cannot be opened", async () => {
    const file = folder.write("sealed.json", state(openGroup, database(encrypted)));
    expect((await call("--file", file)).code).toBe(1);
  });
});
