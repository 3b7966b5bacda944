import { createRequire } from "node:module";
import path from "node:path";
import errors from "./setup/errors.js";
import setup from "./setup/index.js";

const require = createRequire(import.meta.url);

/** Benchmarks besides that of previews, by the word that asks for them. */
const PROGRAMS = { policy: "policy/run.ts", rules: "rules/run.ts", live: "live.ts" };

await errors.main(async () => {
  const [first, second] = process.argv.slice(2);
  const program = PROGRAMS[first];
  const given = program === undefined ? first : second;
  const repetitions = given === undefined ? undefined : Number(given);
  if (repetitions !== undefined && !(Number.isInteger(repetitions) && repetitions > 0)) {
    throw new errors.SetupError(
      `"${given}" is no number of repetitions; use npm run bench 5, npm run bench policy 3, npm run bench rules 3, or npm run bench -- live`,
    );
  }
  await setup.setUp();
  require("@swc-node/register");
  await require(path.join(setup.ROOT, "bench", program ?? "run.ts")).main(repetitions);
});
