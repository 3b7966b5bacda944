import { Command, InvalidArgumentError } from "commander";

/** What both commands take. */
export interface CommonOptions {
  readonly stack: string;
  readonly cwd: string;
  /** Another config file than the stack's own. */
  readonly configFile?: string;
  /** Ask nobody. */
  readonly yes: boolean;
  readonly json: boolean;
  /** Where smoke requests connect to instead of the edge's own address. */
  readonly connect?: string;
  /** Milliseconds; default from the stack's config. */
  readonly bake?: number;
  /** `false`: without Portolan's policy pack. */
  readonly policy: boolean;
  /** Take the claim of a process over that is believed dead. */
  readonly takeOver: boolean;
}

export interface ReleaseOptions extends CommonOptions {
  readonly version: string;
  /** References by image name. */
  readonly image: Readonly<Record<string, string>>;
  /** `false`: images are built without a bill of materials. */
  readonly sbom: boolean;
  /** Shares of traffic, in percent, rising to 100; default from the stack's config. */
  readonly steps?: readonly number[];
  /** Why the migration of this release cannot be undone. */
  readonly irreversible?: string;
}

export interface RollbackOptions extends CommonOptions {
  /** Release to go back to; default: the one before the last. */
  readonly to?: string;
}

export function releaseCommand(): Command {
  return common(
    new Command("release")
      .description(
        "Releases a version: candidate beside what serves, smoke tests, traffic, bake time, proof; back by itself when one of them fails.",
      )
      .requiredOption("--version <version>", "release tag of the images, for example 0.2.0")
      .option("--image <name=reference>", "another image for one name; may be repeated", image, {})
      .option("--no-sbom", "build images without a bill of materials")
      .option("--steps <percents>", "shares of the traffic, for example 10,50,100", steps)
      .option("--irreversible <why>", "mark the migration of this release: no way back over it"),
  ).addHelpText(
    "after",
    "\nThe same command goes on with a release that was killed.\n" +
      "Exit code: 0 the version serves, 1 it does not and the one before serves again,\n" +
      "2 nothing was begun, 3 what serves could not be settled: run the command again.",
  );
}

export function rollbackCommand(): Command {
  return common(
    new Command("rollback")
      .description(
        "Goes back to an earlier release by its digests, without a build and without a migration.",
      )
      .option("--to <release>", "release to go back to, for example r7; default: the one before"),
  ).addHelpText(
    "after",
    "\nA release that has not ended is taken back.\n" +
      "Exit code: 0 the earlier release serves, 1 it does not, 2 nothing was begun,\n" +
      "3 what serves could not be settled: run the command again.",
  );
}

function common(command: Command): Command {
  return command
    .requiredOption("-s, --stack <name>", "the stack")
    .option("-C, --cwd <folder>", "folder of the Pulumi project", ".")
    .option("--config-file <file>", "another config file than Pulumi.<stack>.yaml")
    .option("--bake <time>", "how long alarms are watched at the end, for example 15m", duration)
    .option("--connect <url>", "where smoke requests connect to instead of the edge's own address")
    .option("--no-policy", "leave the policy pack off")
    .option("--take-over", "the process that holds the claim is dead", false)
    .option("-y, --yes", "ask nobody", false)
    .option("--json", "one event per line", false)
    .allowExcessArguments(false)
    .exitOverride();
}

function image(
  text: string,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const [, name, reference] = /^([a-z][a-z0-9-]*)=(\S+)$/.exec(text) ?? [];
  if (name === undefined || reference === undefined) {
    throw new InvalidArgumentError("write name=reference, for example api=registry/api:0.2.0");
  }
  return { ...before, [name]: reference };
}

/** `10,50,100`: whole numbers that rise and end with all of it. */
export function steps(text: string): readonly number[] {
  const shares = text.split(",").map(Number);
  const rises = shares.every(
    (share, index) => Number.isInteger(share) && share > (shares[index - 1] ?? 0) && share <= 100,
  );
  if (!rises || shares.at(-1) !== 100) {
    throw new InvalidArgumentError(
      "write rising percents that end with 100, for example 10,50,100",
    );
  }
  return shares;
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `90s`, `15m` or `1h`, in milliseconds. */
export function duration(text: string): number {
  const [, amount, unit = ""] = /^(\d+)([smh])$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (amount === undefined || factor === undefined) {
    throw new InvalidArgumentError("write a time such as 90s, 15m or 1h");
  }
  return Number(amount) * factor;
}
