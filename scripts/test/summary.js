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

module.exports = { closingLine };
