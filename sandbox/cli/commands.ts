/** What the sandbox has to know of a pulumi command. */
export interface Command {
  /** Works on a stack: gets `--stack`, and the stack is made on first use. */
  stack: boolean;
  /** Takes `--config-file`. */
  config: boolean;
  /** Takes `--policy-pack`. */
  policy: boolean;
}

const NONE: Command = { stack: false, config: false, policy: false };
const STACK: Command = { stack: true, config: false, policy: false };
const CONFIG: Command = { stack: true, config: true, policy: false };
const DEPLOY: Command = { stack: true, config: true, policy: true };

const COMMANDS: Readonly<Record<string, Command>> = {
  preview: DEPLOY,
  pre: DEPLOY,
  up: DEPLOY,
  update: DEPLOY,
  watch: DEPLOY,
  refresh: CONFIG,
  destroy: CONFIG,
  down: CONFIG,
  dn: CONFIG,
  import: CONFIG,
  config: CONFIG,
  logs: CONFIG,
  cancel: STACK,
  state: STACK,
  stack: STACK,
};

/** Sub-commands of `stack` that take their stack as a word of their own, or none. */
const OWN_STACK = new Set(["init", "ls", "select", "unselect", "rm", "rename"]);

/** Facts of the command a line starts with; commands without a stack are passed on as they are. */
export function commandOf(words: readonly string[]): Command {
  if (words[0] === "stack" && OWN_STACK.has(words[1] ?? "")) return NONE;
  return COMMANDS[words[0] ?? ""] ?? NONE;
}
