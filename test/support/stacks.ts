import fs from "node:fs";
import path from "node:path";
import type { Cloud } from "../../components/cloud";
import { ROOT } from "../docs/markdown";

/** The two stages that every system is deployed in. */
export const STAGES = ["staging", "prod"] as const;
export type Stage = (typeof STAGES)[number];

/**
 * The committed stack file of a system on a cloud: the project's own two for LatticePolicy on AWS, else
 * `examples/<system>-<cloud>.yaml` for staging and `test/stacks/<system>-<cloud>-prod.yaml`.
 */
export function stackFile(system: string, cloud: Cloud, stage: Stage): string {
  const places =
    stage === "staging"
      ? [`examples/${system}-${cloud}.yaml`]
      : [`test/stacks/${system}-${cloud}-prod.yaml`];
  if (system === "lattice-policy" && cloud === "aws") places.unshift(`Pulumi.${stage}.yaml`);
  const found = places.map((place) => path.join(ROOT, place)).find((file) => fs.existsSync(file));
  if (!found) throw new Error(`${system} has no ${stage} stack on ${cloud}: add ${places[0]}`);
  return found;
}
