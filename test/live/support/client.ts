import { once } from "node:events";
import { request as insecure } from "node:http";
import { Agent, request as secure, type RequestOptions } from "node:https";
import tls from "node:tls";
import WebSocket from "ws";
import type { LiveStack } from "./live-stack";

/** An answer of the edge; `raw` has the headers as they came, repetitions included. */
export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly raw: readonly string[];
  readonly body: string;
}

/** Values of a header, one for each time it came. */
export const valuesOf = ({ raw }: Answer, name: string): string[] =>
  raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === name.toLowerCase());

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

  /** First piece and all of an answer that comes bit by bit; `whole` says that it was not cut. */
  async stream(
    name: string,
    path: string,
    question: Question = {},
  ): Promise<{ first: Promise<string>; all: Promise<{ text: string; whole: boolean }> }> {
    let told: (piece: string) => void = () => undefined;
    const first = new Promise<string>((resolve) => (told = resolve));
    const options = this.#options(name, path, question);
    const all = new Promise<{ text: string; whole: boolean }>((resolve, reject) => {
      const request = secure(options, (response) => {
        let text = "";
        response.on("data", (data: Buffer) => {
          told(data.toString());
          text += data.toString();
        });
        response.on("error", () => undefined);
        response.on("close", () => resolve({ text, whole: response.complete }));
      });
      request.on("error", reject).end(question.body);
    });
    return { first, all };
  }

  /** A WebSocket: `say` sends a message and gives the one that comes back. */
  async socket(
    name: string,
    path: string,
  ): Promise<{ say: (text: string) => Promise<string>; close: () => void }> {
    const host = this.#host(name);
    const socket = new WebSocket(`wss://127.0.0.1:${this.#stack.httpsPort}${path}`, {
      ...{ servername: host, headers: { Host: host }, rejectUnauthorized: false },
    });
    await once(socket, "open");
    const say = async (text: string): Promise<string> => {
      const answer = once(socket, "message");
      socket.send(text);
      return String((await answer)[0]);
    };
    return { say, close: () => socket.terminate() };
  }

  /** Names that the certificate is for. */
  certificateNames(name: string): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const socket = tls.connect({
        ...{ host: "127.0.0.1", port: this.#stack.httpsPort, servername: this.#host(name) },
        rejectUnauthorized: false,
      });
      socket.on("secureConnect", () => {
        const { subjectaltname = "" } = socket.getPeerCertificate();
        resolve(subjectaltname.split(", ").map((each) => each.replace(/^DNS:/, "")));
        socket.destroy();
      });
      socket.on("error", reject);
    });
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
