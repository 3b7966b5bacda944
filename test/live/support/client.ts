import { request as insecure } from "node:http";
import { Agent, request as secure, type RequestOptions } from "node:https";
import tls from "node:tls";
import type { LiveStack } from "./live-stack";

/** An answer of the edge; `raw` has the headers as they came, repetitions included. */
export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly raw: readonly string[];
  readonly body: string;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** A client outside: it knows the published ports and the host names, nothing else. */
export class Client {
  readonly #stack: LiveStack;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 50 });

  constructor(stack: LiveStack) {
    this.#stack = stack;
  }

  /** HTTPS by host name, e.g. `ask("api", "/health")` asks `api.<domain>`. */
  ask(name: string, path: string, question: Question = {}): Promise<Answer> {
    return this.#send(secure, this.#options(name, path, question), question);
  }

  /** Plain HTTP on the other published port. */
  askPlain(name: string, path: string): Promise<Answer> {
    const options = { ...this.#options(name, path, {}), port: this.#stack.httpPort };
    return this.#send(insecure, { ...options, agent: undefined }, {});
  }

  /** First piece and end of an answer that comes bit by bit. */
  async stream(
    name: string,
    path: string,
  ): Promise<{ first: Promise<string>; end: Promise<string> }> {
    let told: (piece: string) => void = () => undefined;
    const first = new Promise<string>((resolve) => (told = resolve));
    const options = this.#options(name, path, {});
    const end = new Promise<string>((resolve, reject) => {
      const request = secure(options, (response) => {
        let all = "";
        response.on("data", (data: Buffer) => {
          told(data.toString());
          all += data.toString();
        });
        response.on("end", () => resolve(all)).on("error", reject);
      });
      request.on("error", reject).end();
    });
    return { first, end };
  }

  /** The TLS version that a handshake ends with, or the reason why it does not. */
  handshake(name: string, version: tls.SecureVersion): Promise<string> {
    return new Promise((resolve) => {
      const socket = tls.connect({
        ...{ host: "127.0.0.1", port: this.#stack.httpsPort, servername: this.#host(name) },
        ...{ minVersion: version, maxVersion: version, rejectUnauthorized: false },
        // Without it our own library would refuse old versions before the edge is asked.
        ciphers: "DEFAULT@SECLEVEL=0",
      });
      socket.on("secureConnect", () => {
        resolve(socket.getProtocol() ?? "");
        socket.destroy();
      });
      socket.on("error", (error) => resolve(error.message));
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  #host = (name: string): string => (name.includes(".") ? name : `${name}.${this.#stack.domain}`);

  #options(name: string, path: string, { method, headers }: Question): RequestOptions {
    const host = this.#host(name);
    return {
      ...{ host: "127.0.0.1", port: this.#stack.httpsPort, servername: host, path },
      ...{ method: method ?? "GET", headers: { Host: host, ...headers } },
      ...{ agent: this.#agent, rejectUnauthorized: false },
    };
  }

  #send(
    send: typeof secure | typeof insecure,
    options: RequestOptions,
    { body }: Question,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = send(options, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            raw: response.rawHeaders,
            body: Buffer.concat(parts).toString(),
          }),
        );
      });
      request.on("error", reject).end(body);
    });
  }
}
