"use strict";

/** A step that runs longer than this without a word looks hung, above all in a CI log. */
const HEARTBEAT_MS = 5_000;
const REDRAW_MS = 250;

const seconds = (ms) => {
  const total = Math.round(ms / 1000);
  return total < 60 ? `${total} s` : `${Math.floor(total / 60)} min ${total % 60} s`;
};

/**
 * Shows long steps with their elapsed time: one line that redraws itself on a terminal, plain lines anywhere else.
 * It writes to stderr, because stdout belongs to the command that is being set up (`stack output --json` and the like).
 */
function createProgress({ stream = process.stderr, interactive, heartbeatMs = HEARTBEAT_MS } = {}) {
  const redraws = interactive ?? (Boolean(stream.isTTY) && !process.env.CI);
  const line = (text) => stream.write(`${redraws ? "\r\u001b[2K" : ""}${text}\n`);

  function step(title) {
    const started = Date.now();
    let detail = "";
    const elapsed = () => seconds(Date.now() - started);
    const status = () => `${title}: ${elapsed()}${detail ? `, ${detail}` : ""}`;
    const draw = () => {
      if (redraws) stream.write(`\r\u001b[2K${status().slice(0, (stream.columns ?? 80) - 1)}`);
      else line(`  ${status()}`);
    };
    if (redraws) draw();
    else line(`${title} ...`);
    // A step that an error cuts short must not keep the process alive.
    const timer = setInterval(draw, redraws ? REDRAW_MS : heartbeatMs).unref();
    const finish = (text) => {
      clearInterval(timer);
      line(text);
    };
    return {
      /** What the next redraw or heartbeat says, such as a count. */
      update: (text) => void (detail = text),
      done: (result = "done") => finish(`${title}: ${result} (${elapsed()})`),
      failed: (reason) => finish(`${title}: ${reason} (${elapsed()})`),
    };
  }

  return { step, note: line };
}

module.exports = { createProgress };
