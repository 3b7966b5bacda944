import { imageOf, imageParts, runs } from "../../../lib/deployability/docker/containers";
import { isUnder, mountsOf } from "../../../lib/deployability/docker/mounts";
import { CONTAINER } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { storeIn } from "../../../lib/reachability/docker/images";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

/** Where programs keep what must not be lost, by the last part of their image's name. */
const DATA: readonly (readonly [image: RegExp, path: string])[] = [
  [/^(postgres|postgresql|postgis|timescaledb|pgvector)$/, "/var/lib/postgresql"],
  [/^(mysql|mariadb|percona)$/, "/var/lib/mysql"],
  [/^(mongo|mongodb)$/, "/data/db"],
  [/^(redis|valkey|keydb|redis-stack-server|redis-stack)$/, "/data"],
  [/^(elasticsearch)$/, "/usr/share/elasticsearch/data"],
  [/^(opensearch)$/, "/usr/share/opensearch/data"],
  [/^(clickhouse|clickhouse-server)$/, "/var/lib/clickhouse"],
  [/^(caddy)$/, "/data"],
];

export const rule = deployability({
  id: "docker-state-in-volume",
  title: "A store keeps its data in a named volume",
  fails: {
    when: "update",
    effect: "data-loss",
    answer:
      "the next change of the image or a variable replaces the container, and the store is empty.",
  },
  fix: "Mount a docker.Volume at the data directory, and set protect or retainOnDelete on it where the data must stay.",
  source: "https://docs.docker.com/engine/storage/volumes/",
  checkStack: ofEach([CONTAINER], (container, graph): Report[] => {
    const { name } = imageParts(imageOf(graph, container) ?? "");
    const path = dataPath(name, container);
    if (path === undefined || !runs(container) || keepsNothing(container)) return [];
    const serves = storeIn(graph, container, container.props) !== undefined;
    if (!serves && !(name === "caddy" && servesTls(container))) return [];
    const { mounts, unknown } = mountsOf(container);
    const over = mounts.filter(
      (mount) => mount.path === undefined || isUnder(path, mount.path) || isUnder(mount.path, path),
    );
    if (over.some(({ kind }) => kind !== "anonymous")) return [];
    if (unknown !== undefined) return [undecided(unknown)];
    const [anonymous] = over;
    return [
      anonymous === undefined
        ? violation(
            container.at("volumes"),
            `nothing is mounted at ${path}, where it keeps its data`,
          )
        : violation(anonymous.at, `the volume at ${path} has no name, and goes with the container`),
    ];
  }),
});

function dataPath(image: string, container: Resource): string | undefined {
  const path = DATA.find(([pattern]) => pattern.test(image))?.[1];
  const moved = container
    .at("envs")
    .each.map(({ text }) => /^PGDATA=(.+)$/.exec(text ?? "")?.[1])
    .find((one) => one !== undefined);
  return path === "/var/lib/postgresql" ? (moved ?? path) : path;
}

/** A cache told to save nothing and a container that ends keep nothing. */
function keepsNothing(container: Resource): boolean {
  const words = [...container.at("entrypoints").each, ...container.at("command").each];
  const command = words.map(({ text }) => text ?? "").join(" ");
  const isCache = /--save\s*(""|''|$|\s--)|appendonly no.*--save/.test(command);
  return isCache || container.at("mustRun").boolean === false;
}

/** Caddy has certificates to keep only where it serves TLS. */
function servesTls(container: Resource): boolean {
  return container.at("ports").items.some((port) => port.at("internal").number === 443);
}
