/** What the sandbox needs to know of a Pulumi command line; the rest is passed on as it is. */
export interface Arguments {
  /** Command words, e.g. ["stack", "output"]; positional values follow. */
  words: readonly string[];
  /** Everything for pulumi, without the options that only the sandbox knows. */
  passed: readonly string[];
  cwd: string | undefined;
  stack: string | undefined;
  configFile: string | undefined;
  policyPacks: readonly string[];
  /** `--no-policy`: leave the built-in pack off. */
  noPolicy: boolean;
  /** `--real-time[=N]`: creations take as long as in reality, or are N times as fast; absent: at once. */
  realTime: number | undefined;
}

/** Options the sandbox reads and hands on in its own form. */
const OWN = new Map([
  ["-C", "cwd"],
  ["--cwd", "cwd"],
  ["-s", "stack"],
  ["--stack", "stack"],
  ["--config-file", "configFile"],
  ["--policy-pack", "policyPack"],
]);

/** Other options of pulumi that take a value and may stand before the command word. */
const WITH_VALUE = new Set(
  [
    ["--color", "-v", "--verbose", "--tracing", "--profiling", "--memprofilerate", "--otel-traces"],
    ["-c", "--config", "-m", "--message", "-p", "--parallel", "-t", "--target", "--exclude"],
    [
      "--replace",
      "--target-replace",
      "--plan",
      "--save-plan",
      "--file",
      "-j",
      "--policy-pack-config",
    ],
  ]
    .flat()
    .filter((flag) => flag !== "-j"),
);

/** Read a command line. */
export function parseArguments(argv: readonly string[]): Arguments {
  const values: Record<string, string> = {};
  const policyPacks: string[] = [];
  const words: string[] = [];
  const passed: string[] = [];
  let noPolicy = false;
  let realTime: number | undefined;
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? "";
    if (argument === "--") {
      passed.push(...argv.slice(index));
      break;
    }
    if (argument === "--no-policy") noPolicy = true;
    else if (/^--real-time(=|$)/.test(argument)) realTime = speedOf(argument);
    else {
      const [flag, attached] = splitFlag(argument);
      const own = OWN.get(flag);
      if (own !== undefined) {
        const value = attached ?? argv[++index];
        if (value === undefined) throw new Error(`${flag}: a value is missing`);
        if (own === "policyPack") policyPacks.push(...value.split(","));
        else values[own] = value;
      } else {
        passed.push(argument);
        if (WITH_VALUE.has(argument)) passed.push(...argv.slice(++index, index + 1));
        else if (!argument.startsWith("-")) words.push(argument);
      }
    }
  }
  const { cwd, stack, configFile } = values;
  return { words, passed, cwd, stack, configFile, policyPacks, noPolicy, realTime };
}

/** How many times as fast as in reality; as fast as that without a number. */
function speedOf(argument: string): number {
  const [, text = "1"] = argument.split("=");
  const speed = Number(text);
  if (speed > 0 && Number.isFinite(speed)) return speed;
  throw new Error(`--real-time=${text}: not a speed; 60 makes an hour a minute`);
}

/** `--stack=x` and `-sx` carry their value with them. */
function splitFlag(argument: string): [string, string | undefined] {
  const long = /^(--[^=]+)=(.*)$/s.exec(argument);
  if (long) return [long[1] ?? "", long[2]];
  const short = /^(-[Cs])(.+)$/s.exec(argument);
  if (short) return [short[1] ?? "", short[2]];
  return [argument, undefined];
}
