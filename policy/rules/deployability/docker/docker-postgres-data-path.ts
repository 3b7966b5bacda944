import { imageOf, imageParts } from "../../../lib/deployability/docker/containers";
import { isUnder, mountsOf } from "../../../lib/deployability/docker/mounts";
import { CONTAINER } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";

const BEFORE_18 = "/var/lib/postgresql/data";
const SINCE_18 = "/var/lib/postgresql";

export const rule = deployability({
  id: "docker-postgres-data-path",
  title: "The volume of a PostgreSQL container is mounted where its version keeps the data",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      'Error: in 18+, these Docker images are configured to store database data in a format which is compatible with "pg_ctlcluster"; there appears to be PostgreSQL data in: /var/lib/postgresql/data (unused mount/volume).',
  },
  fix: `Mount the volume at ${BEFORE_18} up to version 17 and at ${SINCE_18} from 18 on, or set PGDATA to a directory in the mount.`,
  source: "https://github.com/docker-library/postgres/issues/1400",
  checkStack: ofEach([CONTAINER], (container, graph): Report[] => {
    const major = majorOf(graph, container);
    if (major === undefined) return [];
    const wanted = major >= 18 ? SINCE_18 : BEFORE_18;
    const wrong = major >= 18 ? BEFORE_18 : SINCE_18;
    const { mounts } = mountsOf(container);
    const envs = container.at("envs");
    const data = envs.each
      .map(({ text, prefix }) => /^PGDATA=(.*)$/.exec(text ?? prefix)?.[1])
      .find((one) => one !== undefined);
    if (data !== undefined) return [];
    const misplaced = mounts.find(({ path }) => path === wrong);
    const isRight = mounts.some(({ path }) => path === wanted);
    if (misplaced === undefined || isRight) return [];
    if (envs.unknown || envs.each.some((one) => one.unknown && one.prefix === ""))
      return [undecided(envs)];
    const inside = mounts.some(
      ({ path }) => path !== undefined && isUnder(path, wanted) && path !== wrong,
    );
    if (major < 18 && inside) return [];
    const message = `version ${Number.isFinite(major) ? major : "latest"} keeps its data at ${wanted}, and the volume is at ${wrong}`;
    return [
      {
        ...violation(misplaced.at, message),
        ...(major >= 18
          ? {}
          : {
              answer:
                "the data lands in an anonymous volume beside the mount, and goes with the container.",
            }),
      },
    ];
  }),
});

/** The major version of an official image; without a tag it is the newest. */
function majorOf(graph: Graph, container: Resource): number | undefined {
  const image = imageOf(graph, container);
  if (image === undefined || !/^((docker\.io\/)?(library\/)?)postgres([:@]|$)/.test(image))
    return undefined;
  const { tag } = imageParts(image);
  if (image.includes("@") && tag === "") return undefined;
  if (tag === "" || /^(latest|alpine|bookworm|trixie|bullseye)/.test(tag)) return Infinity;
  const major = /^(\d+)/.exec(tag)?.[1];
  return major === undefined ? undefined : Number(major);
}
