import { parseArguments } from "./arguments";
import { openContext } from "./context";
import { runPulumi } from "./run";

/** Entry of `bin/sandbox`; resolves to the exit code. */
export async function main(argv: readonly string[], portolan: string): Promise<number> {
  const args = parseArguments(argv);
  const context = await openContext(args, portolan);
  return runPulumi(context, args);
}
