import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { fits, readBeside } from "../lib/beside";
import { Objects } from "../stand-ins/stand-in";
import { route as aws } from "./aws";
import { route as azure } from "./azure";
import { route as docker } from "./docker";
import { route as gcp } from "./gcp";
import type { Asked, Routed } from "./route";

/** One router per cloud: the first that knows the host answers. */
const ROUTERS: readonly {
  name: string;
  route: (asked: Asked, cloud: Objects) => Routed | undefined;
}[] = [
  { name: "aws", route: aws },
  { name: "azure-native", route: azure },
  { name: "gcp", route: gcp },
  { name: "docker", route: docker },
];

/**
 * What containers of an image answer, a list in `answers.json` in the folder of the simulated cloud.
 * The first that fits decides; what fits none is answered 200.
 */
export interface PlantedAnswer {
  /** Pattern of the image's reference. Default: any. */
  readonly image?: string;
  /** Pattern of the path. Default: any. */
  readonly path?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A simulated edge: tells hosts, paths and candidates apart as the deployed edge's own rules do. */
export async function openFront(): Promise<{ url: string; close(): void }> {
  const server = http.createServer((request, response) => {
    const asked: Asked = {
      host: (request.headers.host ?? "").replace(/:\d+$/, ""),
      path: (request.url ?? "/").split("?", 1)[0] ?? "/",
      headers: request.headers,
    };
    const routed = routedBy(asked);
    const { status, headers, body } = answer(asked, routed);
    response.writeHead(status, {
      ...headers,
      ...routed?.headers,
      "x-simulated": routed?.revision ?? "nothing",
      ...(routed ? { "x-simulated-image": routed.image } : {}),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

function routedBy(asked: Asked): Routed | undefined {
  for (const { name, route } of ROUTERS) {
    const routed = route(asked, new Objects(name));
    if (routed) return routed;
  }
  return undefined;
}

function answer(
  { path }: Asked,
  routed: Routed | undefined,
): Required<Omit<PlantedAnswer, "image" | "path">> {
  if (!routed) return { status: 404, headers: {}, body: "no such host or path" };
  const planted = readBeside<readonly PlantedAnswer[]>("answers.json", []).find(
    (each) => fits(each.image ?? "*", routed.image) && fits(each.path ?? "*", path),
  );
  return {
    status: planted?.status ?? 200,
    headers: planted?.headers ?? { "content-type": "application/json" },
    body: planted?.body ?? JSON.stringify({ simulated: true, revision: routed.revision }),
  };
}
