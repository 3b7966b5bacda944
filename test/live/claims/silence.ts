import type { Client } from "../support/client";

/** Margin around the limit on silence, seconds. */
const MARGIN = 10;

/** One event of the stand-in at once, one after so many seconds. */
async function silent(client: Client, host: string, seconds: number) {
  const ms = seconds * 1000;
  const path = `/api/stand-in/stream?every=${ms}&for=${ms}`;
  const { text, whole } = await (await client.stream(host, path)).all;
  return { events: text.match(/data: /g)?.length, whole };
}

/**
 * A stream may be silent for so many seconds, and no longer. Two begin when the system is up, and
 * their ends are looked at where this stands among the tests: those before it take that time anyway.
 */
export function silence(client: Client, host: string, idleSeconds: number): void {
  const lengths = [idleSeconds - MARGIN, idleSeconds + MARGIN];
  let ends: ReturnType<typeof silent>[] = [];

  beforeAll(() => {
    ends = lengths.map((seconds) => silent(client, host, seconds));
    // What goes wrong meanwhile is for the test to say.
    for (const end of ends) end.catch(() => undefined);
  });

  test("a stream may be silent as long as promised, and no longer", async () => {
    expect(await Promise.all(ends)).toEqual([
      { events: 2, whole: true },
      { events: 1, whole: false },
    ]);
  });
}
