"use strict";

/**
 * The closing line of a test run, counted from jest's own result. A test file that could not even be loaded holds an
 * unknown number of tests; it counts as one failure, so that the line never looks better than the run was.
 */
function closingLine(result) {
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const skipped = result.numPendingTests + result.numTodoTests;
  const parts = [`${result.numPassedTests} passed`, `${failed} failed`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  return parts.join(", ");
}

const LINE = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

/** The counts of a closing line, or undefined for any other line. */
function readClosingLine(line) {
  const [, passed, failed, skipped] = LINE.exec(line) ?? [];
  if (passed === undefined) return undefined;
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped ?? 0) };
}

/** The closing line of several runs together; what was skipped is always said. */
function totalLine(results) {
  const sum = (key) => results.reduce((total, counts) => total + counts[key], 0);
  return `${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`;
}

module.exports = { closingLine, readClosingLine, totalLine };
