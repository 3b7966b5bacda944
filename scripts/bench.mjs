import { createRequire } from "node:module";
import path from "node:path";
import errors from "./setup/errors.js";
import setup from "./setup/index.js";

const require = createRequire(import.meta.url);

await errors.main(async () => {
  const given = process.argv[2];
  const repetitions = given === undefined ? undefined : Number(given);
  if (repetitions !== undefined && !(Number.isInteger(repetitions) && repetitions > 0)) {
    throw new errors.SetupError(`"${given}" is no number of repetitions; use npm run bench -- 5`);
  }
  await setup.setUp();
  require("@swc-node/register");
  await require(path.join(setup.ROOT, "bench", "run.ts")).main(repetitions);
});
