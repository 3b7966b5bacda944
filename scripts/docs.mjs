import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import errors from "./setup/errors.js";
import setup from "./setup/index.js";

const require = createRequire(import.meta.url);
const FOLDER = path.join(setup.ROOT, "docs", "generate");

/** Every file of docs/generate is a generator: it exports `target` (from the project root) and `render()`. */
function generators() {
  require("@swc-node/register");
  return fs
    .readdirSync(FOLDER)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .sort()
    .map((name) => {
      const generator = require(path.join(FOLDER, name));
      if (typeof generator.target !== "string" || typeof generator.render !== "function") {
        throw new errors.SetupError(
          `docs/generate/${name}: export "target" (a path) and "render" (a function).`,
        );
      }
      return generator;
    });
}

await errors.main(async () => {
  const check = process.argv.includes("--check");
  const prettier = await import("prettier");
  const stale = [];
  for (const { target, render } of generators()) {
    const file = path.join(setup.ROOT, target);
    // The page is formatted as every other file, so that the format check and this one agree.
    const options = await prettier.resolveConfig(file);
    const text = await prettier.format(await render(), { ...options, filepath: file });
    const current = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
    if (current === text) console.log(`${target}: up to date`);
    else if (check) stale.push(target);
    else {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
      console.log(`${target}: written`);
    }
  }
  if (stale.length > 0) {
    throw new errors.SetupError(
      `${stale.join(", ")}: stale; run npm run docs and commit the result.`,
    );
  }
});
