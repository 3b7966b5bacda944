import { spawn } from "node:child_process";
import * as path from "node:path";
import { commandOf } from "./commands";
import type { Arguments } from "./arguments";
import type { Context } from "./context";
import { builtInPack, policyPackArgument } from "./policy";
import { copyStackConfig, defaultSource } from "./stack-config";
import { chooseStack, ensureStack } from "./stack";

/** Sub-commands of `stack` that would write to the committed stack file. */
const REFUSED: Readonly<Record<string, string>> = {
  rename: "it would rename the committed stack file; make a new stack instead",
  "change-secrets-provider": "the sandbox always uses its own passphrase",
};

/** Run a pulumi command in the sandbox; resolves to its exit code. */
export async function runPulumi(context: Context, args: Arguments): Promise<number> {
  const { project, toolchain, env } = context;
  if (args.words[0] === "stack") {
    const own = runStackCommand(context, args);
    if (own !== undefined) return own;
  }
  const command = commandOf(args.words);
  const extra: string[] = [];
  if (command.stack) {
    const stack = chooseStack(project, args.stack);
    ensureStack(project, stack, toolchain.pulumi, env);
    extra.push("--stack", stack);
    if (command.config) {
      const given = args.configFile && path.resolve(project.folder, args.configFile);
      extra.push(
        "--config-file",
        copyStackConfig(project, stack, given ?? defaultSource(project, stack)),
      );
    }
  } else if (args.stack !== undefined) extra.push("--stack", args.stack);
  if (command.policy) {
    const packs = args.policyPacks.map((pack) => path.resolve(project.folder, pack));
    for (const pack of [
      ...packs,
      ...(args.noPolicy || packs.length > 0 ? [] : builtInPack(context.portolan)),
    ]) {
      extra.push("--policy-pack", policyPackArgument(project, pack, toolchain.official));
    }
  }
  if (args.words[0] === "stack" && args.words[1] === "rm") extra.push("--preserve-config");
  return pulumi(context, place(args.passed, extra));
}

/** Options go before a `--`; what follows it is positional. */
function place(passed: readonly string[], extra: readonly string[]): string[] {
  const end = passed.indexOf("--");
  return end < 0
    ? [...passed, ...extra]
    : [...passed.slice(0, end), ...extra, ...passed.slice(end)];
}

/** `stack init` is what the sandbox does on first use anyway; some others are not offered. */
function runStackCommand(context: Context, args: Arguments): number | undefined {
  const [, sub = "", name] = args.words;
  const refusal = REFUSED[sub];
  if (refusal !== undefined) throw new Error(`stack ${sub} is not offered here: ${refusal}`);
  if (sub !== "init") return undefined;
  const stack = name ?? args.stack;
  if (stack === undefined) throw new Error("stack init: a name is missing");
  ensureStack(context.project, stack, context.toolchain.pulumi, context.env);
  console.log(`Created stack '${stack}' in the sandbox.`);
  return 0;
}

/** Start the CLI with our terminal and pass signals on; its exit code is ours. */
export function pulumi(context: Context, args: readonly string[]): Promise<number> {
  const child = spawn(context.toolchain.pulumi, [...args], {
    cwd: context.cwd,
    env: context.env,
    stdio: "inherit",
  });
  // Ctrl-C reaches the whole group; the CLI decides how to stop and we wait for it.
  const ignore = (): void => undefined;
  const forward = (signal: NodeJS.Signals): boolean => child.kill(signal);
  process.on("SIGINT", ignore).on("SIGTERM", forward).on("SIGHUP", forward);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (signal !== null)
        console.error(`sandbox: pulumi was stopped by ${signal}; "bin/sandbox recover" tidies up`);
      resolve(code ?? 137);
    });
  });
}
