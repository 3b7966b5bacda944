import { createRequire } from "node:module";
import path from "node:path";
import errors from "./setup/errors.js";
import setup from "./setup/index.js";

const require = createRequire(import.meta.url);

await errors.main(async () => {
  const args = process.argv.slice(2);
  const policy = args[0] === "policy";
  const given = policy ? args[1] : args[0];
  const repetitions = given === undefined ? undefined : Number(given);
  if (repetitions !== undefined && !(Number.isInteger(repetitions) && repetitions > 0)) {
    throw new errors.SetupError(
      `"${given}" is no number of repetitions; use npm run bench 5, or npm run bench policy 3`,
    );
  }
  await setup.setUp();
  require("@swc-node/register");
  const bench = path.join(setup.ROOT, "bench", policy ? "policy" : "", "run.ts");
  await require(bench).main(repetitions);
});
