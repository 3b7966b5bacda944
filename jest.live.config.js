const base = require("./jest.config.js");

/** Releases, backups and faults take a quarter of an hour: `npm run test:live:long` runs them. */
const long = process.env.PORTOLAN_LIVE_LONG === "1";

/** The tests on a real Docker engine, which `npm run test:live` finds or starts. */
module.exports = {
  ...base,
  testMatch: [long ? "<rootDir>/test/live/**/*.long.test.ts" : "<rootDir>/test/live/**/*.test.ts"],
  testPathIgnorePatterns: base.testPathIgnorePatterns.filter(
    (pattern) => !pattern.includes("live") && !(long && pattern.includes("long")),
  ),
  testTimeout: 600_000,
};
