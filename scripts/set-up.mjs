import fs from "node:fs";
import errors from "./setup/errors.js";
import setup from "./setup/index.js";

// Packages and the Pulumi CLI, for a workflow's next steps: GitHub puts the folders of this file on their PATH.
await errors.main(async () => {
  const { binDir } = await setup.setUp();
  const file = process.env.GITHUB_PATH;
  if (file) fs.appendFileSync(file, `${binDir}\n`);
  else console.log(binDir);
  return 0;
});
