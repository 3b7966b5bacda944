import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { mirroredTag } from "../../providers/aws/image-mirror";
import { invoke } from "./lambda";

const digestOf = (data: string): string =>
  `sha256:${createHash("sha256").update(data).digest("hex")}`;

const LAYER = "the bytes of a layer";
const CONFIG = "{}";
const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
const MANIFEST = JSON.stringify({
  config: { digest: digestOf(CONFIG), size: CONFIG.length },
  layers: [{ digest: digestOf(LAYER), size: LAYER.length }],
});
const INDEX = JSON.stringify({
  manifests: [
    { digest: "sha256:arm", platform: { os: "linux", architecture: "arm64" } },
    { digest: digestOf(MANIFEST), platform: { os: "linux", architecture: "amd64" } },
  ],
});

/** A registry in memory: reads need a token that everybody gets, writes the password of ECR. */
class Registry {
  readonly blobs = new Map<string, string>();
  readonly manifests = new Map<string, string>();
  readonly server: Server;
  origin = "";

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => this.answer(request, response, Buffer.concat(chunks).toString()));
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const url = new URL(request.url ?? "/", this.origin);
    const reply = (status: number, headers: Record<string, string> = {}, text = ""): void => {
      response.writeHead(status, headers).end(request.method === "HEAD" ? "" : text);
    };
    if (url.pathname === "/token") return reply(200, {}, JSON.stringify({ token: "free" }));
    const authorization = request.headers.authorization ?? "";
    const [, repository = "", kind = "", reference = ""] =
      /^\/v2\/(.+)\/(manifests|blobs)\/(.*)$/.exec(url.pathname) ?? [];
    const needed = repository.startsWith("own/") ? "Basic secret" : "Bearer free";
    if (authorization !== needed) {
      const challenge = `Bearer realm="${this.origin}/token",service="s",scope="pull"`;
      return reply(401, { "www-authenticate": challenge });
    }
    const key = `${repository}@${reference}`;
    if (kind === "manifests") return this.manifest(request, key, body, reply);
    if (request.method === "POST" || request.method === "PATCH") {
      if (request.method === "PATCH") this.blobs.set("pending", body);
      return reply(202, { location: `/v2/${repository}/blobs/uploads/session` });
    }
    if (request.method === "PUT") {
      const digest = url.searchParams.get("digest") ?? "";
      this.blobs.set(`${repository}@${digest}`, this.blobs.get("pending") ?? "");
      return reply(201);
    }
    const blob = this.blobs.get(key);
    return blob === undefined ? reply(404) : reply(200, {}, blob);
  }

  private manifest(
    request: IncomingMessage,
    key: string,
    body: string,
    reply: (status: number, headers?: Record<string, string>, text?: string) => void,
  ): void {
    if (request.method === "PUT") {
      this.manifests.set(key, body);
      return reply(201, { "docker-content-digest": digestOf(body) });
    }
    const found = this.manifests.get(key);
    if (found === undefined) return reply(404);
    const type =
      found === INDEX
        ? "application/vnd.oci.image.index.v1+json"
        : `${MANIFEST_TYPE}; charset=utf-8`;
    reply(200, { "content-type": type, "docker-content-digest": digestOf(found) }, found);
  }
}

const registry = new Registry();
beforeAll(() => registry.open());
afterAll(() => registry.server.close());

const mirror = (source: string, tag: string) =>
  invoke(
    "image-mirror.mjs",
    { source, repository: "own/client", tag },
    {
      GetAuthorizationTokenCommand: [
        { authorizationData: [{ proxyEndpoint: registry.origin, authorizationToken: "secret" }] },
      ],
    },
  );

describe("the function that copies an image", () => {
  const host = (): string => registry.origin.replace("http://", "");

  beforeEach(() => {
    registry.blobs.clear();
    registry.manifests.clear();
    registry.manifests.set("lib/client@1.0", INDEX);
    registry.manifests.set(`lib/client@${digestOf(MANIFEST)}`, MANIFEST);
    registry.blobs.set(`lib/client@${digestOf(LAYER)}`, LAYER);
    registry.blobs.set(`lib/client@${digestOf(CONFIG)}`, CONFIG);
  });

  test("copies manifest and layers of linux/amd64", async () => {
    const { result, error } = await mirror(`${host()}/lib/client:1.0`, "1.0");
    expect(error).toBeUndefined();
    expect(result).toEqual({ digest: digestOf(MANIFEST), copied: true });
    expect(registry.manifests.get("own/client@1.0")).toBe(MANIFEST);
    expect(registry.blobs.get(`own/client@${digestOf(LAYER)}`)).toBe(LAYER);
    expect(registry.blobs.get(`own/client@${digestOf(CONFIG)}`)).toBe(CONFIG);
  });

  test("leaves a tag alone that is there already", async () => {
    registry.manifests.set("own/client@1.0", MANIFEST);
    const { result } = await mirror(`${host()}/lib/client:1.0`, "1.0");
    expect(result).toEqual({ digest: digestOf(MANIFEST), copied: false });
    expect(registry.blobs.has(`own/client@${digestOf(LAYER)}`)).toBe(false);
  });

  test("fails when the source does not have the tag", async () => {
    const { error } = await mirror(`${host()}/lib/client:2.0`, "2.0");
    expect(error).toContain("manifests/2.0 answered 404");
  });

  test("fails for a reference without tag and digest", async () => {
    const { error } = await mirror(`${host()}/lib/client`, "x");
    expect(error).toContain("has neither a tag nor a digest");
  });
});

test.each([
  ["public.ecr.aws/docker/library/postgres:16.10-alpine", "16.10-alpine"],
  [`ghcr.io/a/b@sha256:${"ab".repeat(32)}`, "sha256-abababababab"],
  [`ghcr.io/a/b:1.2@sha256:${"ab".repeat(32)}`, "1.2"],
])("the tag of the copy of %s", (reference, tag) => {
  expect(mirroredTag(reference)).toBe(tag);
});
