import http from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

export interface FakeIssue {
  readonly number: number;
  title: string;
  body: string;
  state: string;
}

/** GitHub's REST interface as far as it is used, with pages, on this machine. */
export class FakeGitHub {
  readonly comments: FakeComment[] = [];
  readonly issues: FakeIssue[] = [];
  pulls: { number: number; head: { sha: string } }[] = [];
  readonly calls: string[] = [];
  private readonly server: http.Server;

  private constructor(server: http.Server) {
    this.server = server;
  }

  static async start(): Promise<FakeGitHub> {
    const server = http.createServer();
    const fake = new FakeGitHub(server);
    server.on("request", (request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        const [status, body] = fake.answer(request.method ?? "", request.url ?? "", text);
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private answer(method: string, path: string, text: string): [number, unknown] {
    const url = new URL(path, this.address);
    const place = url.pathname.replace("/repos/acme/shop", "");
    this.calls.push(`${method} ${place}`);
    const given = text === "" ? {} : (JSON.parse(text) as Record<string, string>);
    const page = Number(url.searchParams.get("page") ?? 1);
    const paged = (all: readonly unknown[]): unknown[] => all.slice((page - 1) * 100, page * 100);
    const number = Number(/\d+/.exec(place)?.[0]);
    if (method === "GET" && place === "/pulls") return [200, paged(this.pulls)];
    if (method === "GET" && place.endsWith("/comments")) return [200, paged(this.comments)];
    if (method === "GET" && place === "/issues") {
      return [200, paged(this.issues.filter(({ state }) => state === "open"))];
    }
    if (method === "POST" && place.endsWith("/comments")) {
      const user = { login: "github-actions[bot]" };
      this.comments.push({ id: this.comments.length + 1, body: given["body"] ?? "", user });
      return [201, {}];
    }
    if (method === "PATCH" && place.startsWith("/issues/comments/")) {
      const comment = this.comments.find(({ id }) => id === number);
      if (comment) comment.body = given["body"] ?? "";
      return [200, {}];
    }
    if (method === "POST" && place === "/issues") {
      const { title = "", body = "" } = given;
      this.issues.push({ number: this.issues.length + 1, title, body, state: "open" });
      return [201, {}];
    }
    if (method === "PATCH") {
      Object.assign(this.issues.find((issue) => issue.number === number) ?? {}, given);
      return [200, {}];
    }
    return [404, { message: "Not Found" }];
  }
}
