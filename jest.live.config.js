const base = require("./jest.config.js");

/** The tests on a real Docker engine, which `npm run test:live` finds or starts. */
module.exports = {
  ...base,
  testMatch: ["<rootDir>/test/live/**/*.test.ts"],
  testPathIgnorePatterns: base.testPathIgnorePatterns.filter(
    (pattern) => !pattern.includes("live"),
  ),
  testTimeout: 600_000,
};
