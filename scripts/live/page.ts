import https from "node:https";
import { setTimeout as pause } from "node:timers/promises";

/** What the edge answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * Asks an address of the edge on this machine, whatever its name resolves to. Its certificate comes
 * from the edge's own authority, which only this check does not know.
 */
export function ask(url: string, port: number): Promise<Answer> {
  const { hostname, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, servername: hostname, path: pathname };
    const request = https.get(
      { ...options, headers: { Host: hostname }, rejectUnauthorized: false },
      (response) => {
        let body = "";
        response.on("data", (data: Buffer) => (body += data.toString()));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    request.on("error", reject).setTimeout(10_000, () => request.destroy(new Error("no answer")));
  });
}

/** The page as it opens: certificates are made at the first request, which may take a moment. */
export async function opened(url: string, port: number): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(url, port);
    } catch (error) {
      if (attempt === 20) throw error;
      await pause(500);
    }
  }
}
