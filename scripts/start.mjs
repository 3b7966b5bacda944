import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import errors from "./setup/errors.js";
import setup from "./setup/index.js";

const require = createRequire(import.meta.url);
const STACK = "staging";

const NEXT = `
That was the real Pulumi engine, a simulated AWS and the policy pack; no account was used. What to try next:
  bin/sandbox preview --stack prod              what production would get
  bin/sandbox stack output --stack ${STACK}      the outputs once more
  bin/sandbox cloud list                        what the simulated cloud holds
  bin/sandbox destroy --stack ${STACK} --yes     remove it
  README.md, "Point it at a real account"       the same with credentials
`;

/** Runs `bin/sandbox` with the terminal handed through; gives its exit code. */
function sandbox(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(setup.ROOT, "bin", "sandbox"), args, {
      cwd: setup.ROOT,
      stdio: "inherit",
    });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}

await errors.main(async () => {
  await setup.setUp();
  if (process.argv.includes("--live")) {
    require("@swc-node/register");
    return require(path.join(setup.ROOT, "scripts", "live", "main.ts")).start();
  }
  const code = await sandbox(["up", "--stack", STACK, "--yes"]);
  if (code !== 0) {
    throw new errors.SetupError(
      `The deployment of the stack "${STACK}" into the simulated cloud did not finish (exit code ${code}; the reason is above). ` +
        "Run npm start again to go on from where it stopped; after a kill run bin/sandbox recover first.",
    );
  }
  console.log(`\nResources of the stack "${STACK}":`);
  await sandbox(["stack", "--stack", STACK, "--show-urns=false"]);
  console.log(NEXT);
});
