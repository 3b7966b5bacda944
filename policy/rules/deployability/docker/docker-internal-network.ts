import { CONTAINER } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { attachmentOf } from "../../../lib/reachability/docker/networks";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "docker-internal-network",
  title: "A container that publishes ports is on a network with a way out",
  confidence: "medium",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "published ports do not answer; certificates cannot be issued and outgoing calls time out.",
  },
  fix: "Put stores on the internal network, the edge on one that is not internal, and the app on both.",
  source: "https://docs.docker.com/reference/cli/docker/network/create/",
  checkStack: ofEach([CONTAINER], (container, graph): Report[] => {
    const ports = container.at("ports");
    const isPublished = ports.each.length > 0 || container.at("publishAllPorts").boolean === true;
    const { memberships, open, mode } = attachmentOf(graph, container);
    if (!isPublished || mode !== "bridge" || memberships.length === 0) return [];
    const internal = memberships.map(({ resource }) => resource?.at("internal"));
    if (internal.some((value) => value?.boolean !== true && value?.unknown !== true)) return [];
    const unknown = internal.find((value) => value?.unknown === true);
    if (open) return [undecided(container.at("networksAdvanced"))];
    if (unknown !== undefined) return [undecided(unknown)];
    const names = memberships.map(({ resource, network }) => resource?.name ?? network).join(", ");
    return [violation(ports, `ports are published, but ${names} is internal`)];
  }),
});
