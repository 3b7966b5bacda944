import type { Client } from "../support/client";
import type { LiveStack } from "../support/live-stack";
import type { Promised } from "./outside";

const PROBE = encodeURIComponent("1' UNION SELECT password FROM users --");
const MIB = 2 ** 20;

/** What the edge lets in, and what it refuses. */
export function bodies(stack: LiveStack, client: Client, promised: Promised): void {
  const { json, maxBodyBytes, prefix = "" } = promised;
  const echo = `${prefix}/api/stand-in/echo`;
  const send = (body: string | Buffer, type: string, path = echo) =>
    client.ask(json.host, path, { method: "POST", headers: { "Content-Type": type }, body });
  const sendFile = (bytes: number) => send(Buffer.alloc(bytes, "x"), "application/octet-stream");

  const guarded = promised.firewall === false ? test.skip : test;

  guarded("the firewall blocks an injection and lets a JSON body pass", async () => {
    const { host, path, body, status } = json;
    expect((await client.ask(host, `${path}?id=${PROBE}`)).status).toBe(403);
    const script = encodeURIComponent("<script>alert(1)</script>");
    expect((await client.ask(host, `${path}?q=${script}`)).status).toBe(403);
    const headers = { "Content-Type": "application/json", ...json.headers };
    const question = { method: "POST", headers, body: JSON.stringify(body) };
    expect((await client.ask(host, path, question)).status).toBe(status);
  });

  test("a large file arrives whole", async () => {
    const bytes = maxBodyBytes ?? 20 * MIB;
    const answer = await sendFile(bytes);
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining(`${bytes}`)]);
  });

  if (maxBodyBytes !== undefined) {
    test("one byte more than the largest body is answered 413", async () => {
      expect((await sendFile(maxBodyBytes + 1)).status).toBe(413);
    });
  }

  guarded("a body of very many values does not stop the edge, nor hide an attack", async () => {
    const length = Math.min(100_000, (maxBodyBytes ?? Infinity) / 8);
    const values = JSON.stringify(Array.from({ length }, (_, index) => index));
    const before = await stack.container("edge");
    expect((await send(values, "application/json")).status).toBe(200);
    const attack = await send(values, "application/json", `${echo}?id=${PROBE}`)
      // The edge refuses before it has read the body; some clients see only the closed connection.
      .catch(() => ({ status: 403 }));
    expect(attack.status).toBe(403);
    expect((await stack.container("edge")).State.StartedAt).toBe(before.State.StartedAt);
  });
}
