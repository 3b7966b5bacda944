import * as fs from "node:fs";
import type { StandIn } from "./stand-in";

/** Lists nothing, and says so, in the file that it is asked for. */
export const standIn: StandIn = {
  package: "docker",
  answer({ words: [command, image], options }) {
    const file = options.output?.replace(/^spdx-json=/, "");
    if (command !== "scan" || file === undefined) {
      throw new Error("the stand-in for syft knows `scan IMAGE --output=spdx-json=FILE` only");
    }
    const list = { spdxVersion: "SPDX-2.3", name: image, comment: "simulated", packages: [] };
    fs.writeFileSync(file, JSON.stringify(list));
    return "";
  },
};
