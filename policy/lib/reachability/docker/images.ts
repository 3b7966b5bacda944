import type { Graph } from "../../graph/graph";
import { storeOfImage, type Store } from "../../net/stores";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { madeFrom } from "../pointer";

const REMOTE = "docker:index/remoteImage:RemoteImage";
const BUILT = "docker:index/image:Image";

/** Programs that serve a store; any other command makes a container of the same image a client. */
const SERVERS =
  /(^|\/)(postgres|mysqld|mariadbd?|redis-server|valkey-server|memcached|mongod|elasticsearch|clickhouse-server|etcd|docker-entrypoint\.sh)$/;

/** The store a container serves, by its image and its command. */
export function storeIn(graph: Graph, resource: Resource, container: Value): Store | undefined {
  const store = storeOfImage(nameOfImage(graph, resource, container.at("image")));
  return store !== undefined && serves(container) ? store : undefined;
}

/** The image's name, also where the container names it by the digest of an image resource. */
export function nameOfImage(graph: Graph, resource: Resource, image: Value): string | undefined {
  const [source] = madeFrom(graph, resource, image, [REMOTE, BUILT]);
  if (source === undefined) return image.text;
  return source.at(source.type === REMOTE ? "name" : "imageName").text;
}

function serves(container: Value): boolean {
  if (container.at("entrypoints").each.length > 0) return false;
  const [first] = container.at("command").each;
  const program = first?.text;
  return program === undefined || program.startsWith("-") || SERVERS.test(program);
}
