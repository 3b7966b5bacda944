"use strict";

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const POLL_MS = 500;
const HEARTBEAT_MS = 2_000;
/** A holder on another host cannot be asked whether it lives; without a heartbeat for this long it counts as dead. */
const SILENT_MS = 60_000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Reads who holds the lock, or undefined when it has gone meanwhile. */
function readHolder(file) {
  try {
    const silentFor = Date.now() - fs.statSync(file).mtimeMs;
    const [pid, host] = fs.readFileSync(file, "utf8").trim().split(" ");
    return { pid: Number(pid), host, silentFor };
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isStale({ pid, host, silentFor }) {
  if (silentFor > SILENT_MS) return true;
  return host === os.hostname() && !isAlive(pid);
}

/**
 * Creates the lock with its content in one atomic step (a link to a finished file), so nobody ever reads an empty lock.
 * Returns false when somebody else holds it.
 */
function tryTake(file) {
  const own = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  fs.writeFileSync(own, `${process.pid} ${os.hostname()}\n`);
  try {
    fs.linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/** Moves a stale lock aside. If a live one was moved by mistake (two processes took over at once), it is put back. */
function clearStale(file) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved && !isStale(moved)) {
    try {
      fs.linkSync(aside, file);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
  }
  fs.rmSync(aside, { force: true });
}

/** Runs `work` while holding the lock file; waits for another holder, whose pid is handed to `onWait` once. */
async function withLock(file, work, { onWait = () => {} } = {}) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let announced = false;
  while (!tryTake(file)) {
    const holder = readHolder(file);
    if (!holder) continue;
    if (isStale(holder)) {
      clearStale(file);
      continue;
    }
    if (!announced) onWait(holder.pid);
    announced = true;
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    fs.utimes(file, now, now, () => {});
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    fs.rmSync(file, { force: true });
  }
}

module.exports = { withLock };
