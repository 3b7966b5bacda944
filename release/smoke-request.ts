import * as http from "node:http";
import * as https from "node:https";
import type { Entrance } from "./driver";
import { sentence } from "./error";
import type { SmokeRequest } from "./smoke";

/** Longest wait for one answer, in milliseconds: a first request may start an instance. */
const PATIENCE = 60_000;
/** Tries until an answer is right: the way to a new candidate opens within seconds. */
const TRIES = 5;
/** Pause between tries, in milliseconds. */
const PAUSE = 2_000;
/** How much of a body is read. */
const BODY_MAX = 1 << 20;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

interface Options {
  readonly connect?: string;
  readonly clock: { sleep(milliseconds: number): Promise<void> };
}

/** Asks until the answer is right or patience ends; gives the last answer, or why there is none. */
export async function ask(
  request: SmokeRequest,
  entrance: Entrance,
  { connect, clock }: Options,
): Promise<Answer | Error> {
  for (let tried = 1; ; tried++) {
    const answer = await once(request, entrance, connect).catch((error: Error) => error);
    if (tried >= TRIES || faultOf(request, answer) === undefined) return answer;
    await clock.sleep(PAUSE);
  }
}

/** What is wrong with an answer, in a few words; undefined when it is right. */
export function faultOf(request: SmokeRequest, answer: Answer | Error): string | undefined {
  const { method = "GET", host, path, answers = {}, body } = request;
  const at = `${method} https://${host}${path}`;
  if (answer instanceof Error) return `${at} has no answer (${sentence(answer)})`;
  const right = [request.status].flat();
  if (!right.includes(answer.status)) {
    return `${at} answers ${answer.status} and not ${right.join(" or ")}`;
  }
  for (const [name, wish] of Object.entries(answers)) {
    const text = [answer.headers[name.toLowerCase()] ?? []].flat().join(", ");
    if (typeof wish === "string" ? text !== wish : !wish.test(text)) {
      return `${at} answers ${name}: ${text || "nothing"} and not ${String(wish)}`;
    }
  }
  if (body && !body.test(answer.body)) return `${at} answers a body without ${String(body)}`;
  return undefined;
}

/** One request; the host's name goes into TLS and the Host header, wherever it connects to. */
function once(
  request: SmokeRequest,
  entrance: Entrance,
  connect: string | undefined,
): Promise<Answer> {
  const to = new URL(connect ?? entrance.url);
  const body = request.json === undefined ? undefined : JSON.stringify(filled(request.json));
  const { request: open } = to.protocol === "http:" ? http : https;
  return new Promise((resolve, reject) => {
    const sent = open(
      {
        host: to.hostname,
        ...(to.port ? { port: to.port } : {}),
        path: request.path,
        method: request.method ?? "GET",
        ...(to.protocol === "https:" ? { servername: request.host } : {}),
        headers: {
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(filled(request.headers ?? {}) as Record<string, string>),
          ...entrance.headers,
          host: request.host,
        },
        timeout: PATIENCE,
        agent: false,
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (piece: string) => {
          if (text.length < BODY_MAX) text += piece;
        });
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    sent.on("timeout", () => sent.destroy(new Error(`silent for ${PATIENCE / 1000} s`)));
    sent.on("error", reject);
    sent.end(body);
  });
}

/** `$NAME` inside texts, from the environment. */
function filled(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replace(/\$([A-Z][A-Z0-9_]*)/g, (_all, name: string) => process.env[name] ?? "");
  }
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each)]));
}
