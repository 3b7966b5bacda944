import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import errors from "./setup/errors.js";
import setup from "./setup/index.js";

const require = createRequire(import.meta.url);

/**
 * npm run compatibility -- FOLDER [--results FILE] [NAME ...]: runs the Pulumi programs below a folder in the sandbox.
 * Names may hold `*`, and renew their own results only. Results are kept in docs/measured, or in FILE.
 */
await errors.main(async () => {
  const args = process.argv.slice(2);
  const at = args.indexOf("--results");
  const [, given] = at < 0 ? [] : args.splice(at, 2);
  const [folder, ...names] = args;
  if (folder === undefined || !fs.existsSync(folder)) {
    throw new errors.SetupError(
      `${folder ?? "FOLDER"}: no such folder; name one that holds Pulumi programs, as in npm run compatibility -- ../examples`,
    );
  }
  await setup.setUp();
  require("@swc-node/register");
  const { runPrograms, renewed } = require(path.join(setup.ROOT, "compatibility", "main.ts"));
  const { RESULTS } = require(path.join(setup.ROOT, "compatibility", "places.ts"));
  const file = given ?? RESULTS;
  const run = await runPrograms(folder, names);
  if (run.results.length === 0) {
    throw new errors.SetupError(
      `${folder}: no Pulumi program of such a name; look for Pulumi.yaml there`,
    );
  }
  const isPart = names.length > 0 && fs.existsSync(file);
  const whole = isPart ? renewed(JSON.parse(fs.readFileSync(file, "utf8")), run) : run;
  fs.writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`);
  console.log(`${file}: written; npm run docs makes the page of what stands in docs/measured`);
});
