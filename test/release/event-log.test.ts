import { appendFileSync, existsSync } from "node:fs";
import { EventLog } from "../../release/event-log";

const visit = (urn: string, op: string): string =>
  `${JSON.stringify({ resourcePreEvent: { metadata: { urn, op } } })}\n`;

test("an update is followed line by line, and what was seen outlives its file", () => {
  const log = new EventLog();
  expect(log.progress()).toEqual({ visited: new Map(), failed: false });
  appendFileSync(log.file, visit("urn:api", "update"));
  // The engine is in the middle of the second line.
  appendFileSync(log.file, visit("urn:ui", "same").slice(0, 20));
  expect(log.progress()).toEqual({ visited: new Map([["urn:api", "update"]]), failed: false });
  appendFileSync(log.file, visit("urn:ui", "same").slice(20));
  appendFileSync(log.file, '{"resOpFailedEvent": {}}\n');
  const seen = {
    visited: new Map([
      ["urn:api", "update"],
      ["urn:ui", "same"],
    ]),
    failed: true,
  };
  expect(log.progress()).toEqual(seen);
  log.close();
  expect(existsSync(log.file)).toBe(false);
  expect(log.progress()).toEqual(seen);
});
