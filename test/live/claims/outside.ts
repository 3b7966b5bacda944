import type { Claim } from "../support/acceptance";
import { valuesOf, type Client } from "../support/client";
import type { LiveStack } from "../support/live-stack";
import { bodies } from "./bodies";
import { connections } from "./connections";

/** What the description of a system promises about its edge. */
export interface Promised {
  /** Host name -> path that answers 200 there. */
  readonly pages: Readonly<Record<string, string>>;
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Host and path that the edge answers 404 itself. */
  readonly blocked: readonly (readonly [host: string, path: string])[];
  /** A limit to run into: the answer before it, and how many requests it lets through. */
  readonly limit?: { host: string; path: string; requests: number; before: number };
  /** Path below which the stand-in's own routes are. Default: none. */
  readonly prefix?: string;
  /** A route that takes a JSON body, and its status; the stand-in's own routes are on that host. */
  readonly json: {
    readonly host: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
    readonly status: number;
  };
  /** Bytes of the largest body. Default: no limit. */
  readonly maxBodyBytes?: number;
  /** Whether requests are inspected. Default true. */
  readonly firewall?: boolean;
}

/** The edge as anybody on the network meets it. */
export function outside(stack: LiveStack, client: Client, promised: Promised): Claim {
  const [first = ""] = Object.keys(promised.pages);

  describe("from outside", () => {
    test.each(Object.entries(promised.pages))("%s opens over HTTPS", async (host, path) => {
      expect((await client.ask(host, path)).status).toBe(200);
    });

    test("HTTP only redirects, and only what is served", async () => {
      const answer = await client.askPlain(first, "/some/path?x=1");
      expect(answer.status).toBe(308);
      expect(answer.headers.location).toBe(
        `https://${first}.${stack.domain}:${stack.httpsPort}/some/path?x=1`,
      );
      expect((await client.askPlain("other.example.org", "/")).status).toBe(404);
    });

    test("TLS before 1.2 is refused", async () => {
      expect(await client.handshake(first, "TLSv1.3")).toBe("TLSv1.3");
      expect(await client.handshake(first, "TLSv1.2")).toBe("TLSv1.2");
      for (const old of ["TLSv1.1", "TLSv1"] as const) {
        expect(await client.handshake(first, old)).toMatch(/alert protocol version/);
      }
    });

    test("each header stands on every answer once, with its exact value", async () => {
      const answers = [
        ...(await Promise.all(
          Object.entries(promised.pages).map(([host, path]) => client.ask(host, path)),
        )),
        ...(await Promise.all(promised.blocked.map(([host, path]) => client.ask(host, path)))),
      ];
      for (const answer of answers) {
        for (const [name, value] of Object.entries(promised.headers)) {
          expect([name, valuesOf(answer, name)]).toEqual([name, [value]]);
        }
        expect(answer.raw.map((each) => each.toLowerCase())).not.toContain("server");
      }
    });

    test("unknown hosts and blocked paths are not there", async () => {
      expect((await client.ask("other.example.org", "/").catch(String)).toString()).toMatch(
        /alert|object/,
      );
      for (const [host, path] of promised.blocked) {
        expect([path, (await client.ask(host, path)).status]).toEqual([path, 404]);
      }
    });

    test("what a client says about its own address is not believed", async () => {
      const { json, prefix = "" } = promised;
      const headers = { "X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "gopher" };
      const { body } = await client.ask(json.host, `${prefix}/api/stand-in/headers`, {
        headers,
      });
      const seen = JSON.parse(body) as Record<string, string>;
      expect(seen["x-forwarded-proto"]).toBe("https");
      expect(seen["x-forwarded-for"]).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
      expect(seen["x-forwarded-for"]).not.toBe("198.51.100.7");
    });

    bodies(stack, client, promised);
    connections(client, promised);

    if (promised.limit) limited(client, promised.limit);
  });
  return "from outside";
}

function limited(client: Client, limit: NonNullable<Promised["limit"]>): void {
  test("one request too many is answered 429", async () => {
    const { host, path, requests, before } = limit;
    const question = { method: "POST", body: JSON.stringify({ user: "a" }) };
    const headers = { "Content-Type": "application/json" };
    const answers = [];
    for (let sent = 0; sent < requests; sent += 25) {
      const some = Math.min(25, requests - sent);
      answers.push(
        ...(await Promise.all(
          Array.from({ length: some }, () => client.ask(host, path, { ...question, headers })),
        )),
      );
    }
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([before]));
    expect((await client.ask(host, path, { ...question, headers })).status).toBe(429);
  });
}
