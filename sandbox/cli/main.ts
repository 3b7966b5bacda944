import { parseArguments } from "./arguments";
import { runCloud } from "./cloud";
import { openContext } from "./context";
import { exec } from "./exec";
import { recover } from "./recover";
import { runPulumi } from "./run";

/** Entry of `bin/sandbox`; resolves to the exit code. */
export async function main(argv: readonly string[], portolan: string): Promise<number> {
  const args = parseArguments(argv);
  // Pulumi's own cloud command is about its service; here the word means the simulated one.
  if (args.words[0] === "cloud") return runCloud(args);
  const context = await openContext(args, portolan);
  if (args.words[0] === "recover") return recover(context, args);
  if (args.words[0] === "exec") return exec(context, args);
  return runPulumi(context, args);
}
