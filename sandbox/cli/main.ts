import { parseArguments } from "./arguments";

/**
 * Entry of `bin/sandbox`; resolves to the exit code. Only what a command needs is loaded: a release
 * calls it dozens of times.
 */
export async function main(argv: readonly string[], portolan: string): Promise<number> {
  const args = parseArguments(argv);
  // Pulumi's own cloud command is about its service; here the word means the simulated one.
  if (args.words[0] === "cloud") return (await import("./cloud")).runCloud(args);
  const { openContext } = await import("./context");
  const context = await openContext(args, portolan);
  if (args.words[0] === "recover") return (await import("./recover")).recover(context, args);
  if (args.words[0] === "exec") return (await import("./exec")).exec(context, args);
  return (await import("./run")).runPulumi(context, args);
}
