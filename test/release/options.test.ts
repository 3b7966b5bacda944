import fs from "node:fs";
import path from "node:path";
import { duration, releaseCommand, rollbackCommand, steps } from "../../release/options";
import { ROOT } from "../docs/markdown";

test("shares rise and end with all of the traffic", () => {
  expect(steps("10,50,100")).toEqual([10, 50, 100]);
  for (const wrong of ["10,50", "50,10,100", "0,100", "x,100", "100,100", "101"]) {
    expect(() => steps(wrong)).toThrow("rising percents that end with 100");
  }
});

test("times have a unit", () => {
  expect([duration("90s"), duration("15m"), duration("1h")]).toEqual([90_000, 900_000, 3_600_000]);
  for (const wrong of ["15", "m", "15 m", "-1s"]) expect(() => duration(wrong)).toThrow("15m");
});

test("every command of the page is one that the programs take", () => {
  const page = fs.readFileSync(path.join(ROOT, "docs/releases.md"), "utf8");
  const commands = [...page.matchAll(/^(?:bin\/sandbox exec -- )?bin\/(release|rollback) (.*)$/gm)];
  expect(commands.length).toBeGreaterThan(2);
  for (const [, program, words = ""] of commands) {
    const command = program === "release" ? releaseCommand() : rollbackCommand();
    expect(() => command.parse(words.split(" "), { from: "user" })).not.toThrow();
  }
});
