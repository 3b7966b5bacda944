/** One transpiler for tests and programs (swc); types are checked by `npm run check`. */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: [
    "/node_modules/",
    "/\\.sandbox/",
    "/\\.portolan/",
    "/test/live/",
    // Minutes each: `npm run test:long` (jest.long.config.js) runs them.
    "\\.long\\.test\\.ts$",
  ],
  modulePathIgnorePatterns: ["<rootDir>/.sandbox/", "<rootDir>/.portolan/"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022" } }] },
  testTimeout: 600_000,
};
