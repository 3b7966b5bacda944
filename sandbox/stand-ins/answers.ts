import { fits, readBeside, writeBeside } from "../lib/beside";
import type { Plain } from "../lib/values";
import { commandOf, Objects, Refusal, type Command, type StandIn } from "./stand-in";

const FILE = "stand-ins.json";
const COUNTS = "stand-in-calls.json";

/**
 * What a test plants for single commands, a list in `stand-ins.json` in the folder of the simulated
 * cloud. The first that fits and strikes decides.
 */
export interface Planted {
  /** Words of the command, `*` for any characters: `run services describe *`. */
  readonly command: string;
  /** First call that it strikes, counted among those that fit, from 1. Default 1. */
  readonly nth?: number;
  /** How many calls it strikes. Default 1; 0 for every call from the nth on. */
  readonly times?: number;
  /** The cloud's error instead of an answer. */
  readonly refuse?: string;
  /** Another answer; `$NOW` in it is the time of the call. */
  readonly answer?: Plain;
  /** Replaces a text wherever the true answer has it. */
  readonly replace?: Readonly<Record<string, string>>;
  /** Ends the program that asks, as `kill -9` would. */
  readonly kill?: true;
}

/** The answer to a command: planted, or out of the simulated cloud. */
export function answerOf(standIn: StandIn, args: readonly string[]): Plain {
  const command = commandOf(args);
  const planted = striking(command);
  if (planted?.kill) process.kill(process.ppid, "SIGKILL");
  if (planted?.refuse !== undefined) throw new Refusal(planted.refuse);
  if (planted?.answer !== undefined)
    return replaced(planted.answer, { $NOW: new Date().toISOString() });
  const answer = standIn.answer(command, new Objects(standIn.package));
  return planted?.replace ? replaced(answer, planted.replace) : answer;
}

/** Every call is counted, so that one can be meant although each is a process of its own. */
function striking({ text }: Command): Planted | undefined {
  const all = readBeside<readonly Planted[]>(FILE, []);
  if (!all.some(({ command }) => fits(command, text))) return undefined;
  const counts = readBeside<Record<string, number>>(COUNTS, {});
  const found = all.filter((planted) => {
    if (!fits(planted.command, text)) return false;
    const key = JSON.stringify(planted);
    const call = (counts[key] = (counts[key] ?? 0) + 1);
    const { nth = 1, times = 1 } = planted;
    return call >= nth && (times === 0 || call < nth + times);
  });
  writeBeside(COUNTS, counts);
  return found[0];
}

function replaced(value: Plain, texts: Readonly<Record<string, string>>): Plain {
  const [first, ...others] = Object.entries(texts);
  if (!first) return value;
  const text = JSON.stringify(value).replaceAll(first[0], first[1]);
  return replaced(JSON.parse(text) as Plain, Object.fromEntries(others));
}
