"use strict";

const { createProgress } = require("../setup/progress.js");

/** A test that deploys takes a minute; this says which files run, so that the wait is not silent. */
const HEARTBEAT_MS = 15_000;

/** Tells now and then how many test files are done and which are running. */
class ProgressReporter {
  constructor(globalConfig) {
    this.root = globalConfig.rootDir;
    this.running = new Set();
    this.done = 0;
  }

  onRunStart(results) {
    // Plain lines always: jest redraws its own part of a terminal.
    const progress = createProgress({ interactive: false, heartbeatMs: HEARTBEAT_MS });
    this.total = results.numTotalTestSuites;
    this.step = progress.step(`Running ${this.total} test files`);
  }

  onTestFileStart(test) {
    this.running.add(test.path.slice(this.root.length + 1));
    this.tell();
  }

  onTestFileResult(test) {
    this.running.delete(test.path.slice(this.root.length + 1));
    this.done += 1;
    this.tell();
  }

  tell() {
    this.step.update(
      `${this.done} of ${this.total} files done, running ${[...this.running].join(", ")}`,
    );
  }

  onRunComplete() {
    this.step.done(`${this.done} of ${this.total} files`);
  }
}

module.exports = ProgressReporter;
