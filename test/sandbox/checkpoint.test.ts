import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { repairCheckpoint } from "../../sandbox/cli/checkpoint";

let root: string;
let file: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-checkpoint-"));
  file = path.join(root, "stacks/shop/dev.json");
});
afterEach(() => fs.rmSync(root, { recursive: true }));

/** Writes files below the folder of states; `cut` stands for a text that ends too early. */
function states(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text === "cut" ? '{"version":' : text);
  }
}

const HISTORY = "history/shop/dev/dev-";
const state = (name: string): string => JSON.stringify({ name });

test("a whole state is left alone", () => {
  states({ "stacks/shop/dev.json": state("now"), "stacks/shop/dev.json.bak": state("before") });
  expect(repairCheckpoint(file)).toBeUndefined();
  expect(fs.readFileSync(file, "utf8")).toBe(state("now"));
});

test.each([
  ["of the step before", { "stacks/shop/dev.json.bak": state("before") }, "before"],
  [
    "after the last update, where the step before is cut short, too",
    {
      "stacks/shop/dev.json.bak": "cut",
      [`${HISTORY}1.checkpoint.json`]: state("first"),
      [`${HISTORY}2.checkpoint.json`]: state("second"),
      [`${HISTORY}3.checkpoint.json`]: "cut",
    },
    "second",
  ],
])("a state that is cut short becomes the one %s", (_, others, expected) => {
  states({ "stacks/shop/dev.json": "cut", ...others });
  expect(repairCheckpoint(file)).toMatch(/cut short/);
  expect(fs.readFileSync(file, "utf8")).toBe(state(expected));
});

test("without any whole state, nothing is left of it", () => {
  states({ "stacks/shop/dev.json": "cut", "stacks/shop/dev.json.bak": "cut" });
  expect(repairCheckpoint(file)).toMatch(/empty state/);
  expect(fs.existsSync(file)).toBe(false);
});
