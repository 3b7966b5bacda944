const base = require("./jest.config.js");

/** The tests that take minutes each (`*.long.test.ts`), which the normal run leaves out. */
module.exports = {
  ...base,
  testMatch: ["<rootDir>/**/*.long.test.ts"],
  testPathIgnorePatterns: base.testPathIgnorePatterns.filter(
    (pattern) => !pattern.includes("long"),
  ),
  testTimeout: 900_000,
};
