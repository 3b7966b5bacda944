import type { Event, Reporter } from "./event";

type Write = (text: string) => void;

/** One event per line, for other programs. */
export const jsonLines = (write: Write): Reporter => ({
  tell: (event) => write(`${JSON.stringify(event)}\n`),
  close: () => Promise.resolve(),
});

/** Lines that read well in a log: no cursor moves, no colours. */
export const plainLines = (write: Write): Reporter => ({
  tell: (event) => write(`${line(event)}\n`),
  close: () => Promise.resolve(),
});

function line({ at, release, step, state, message, result }: Event): string {
  const head = `${at.slice(11, 19)} ${release}`;
  if (state === "end") return `${head} ${result}${message ? `: ${message}` : ""}`;
  const text = message ? `: ${message}` : "";
  return `${head} ${step}${state === "note" ? "" : ` ${WORDS[state]}`}${text}`;
}

const WORDS = { begin: "...", done: "done", failed: "FAILED" } as const;
