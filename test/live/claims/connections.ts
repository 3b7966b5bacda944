import type { Client } from "../support/client";
import type { Promised } from "./outside";

/** Answers that take their time, and connections that stay open. */
export function connections(client: Client, promised: Promised): void {
  const { prefix = "", json } = promised;
  const { host } = json;
  const standIn = `${prefix}/api/stand-in`;

  test("streams are passed on as they come", async () => {
    const path = `${standIn}/stream?every=500&for=3000`;
    const { first: piece, all } = await client.stream(host, path);
    const winner = await Promise.race([piece, all.then(() => "the end came first")]);
    expect(winner).toMatch(/^data: \d+\n\n$/);
    expect((await all).text.match(/data: /g)?.length).toBeGreaterThan(5);
  });

  test("a WebSocket is passed on and sends back what it gets", async () => {
    const socket = await client.socket(host, `${standIn}/socket`);
    try {
      expect(await socket.say("over the edge")).toBe("over the edge");
      expect(await socket.say("and once more")).toBe("and once more");
    } finally {
      socket.close();
    }
  });
}
