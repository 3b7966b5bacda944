import { isOneShot } from "../../../lib/deployability/docker/containers";
import { CONTAINER } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { storeOfImage } from "../../../lib/net/stores";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "docker-one-shot-must-run",
  title: "A container that runs once need not go on running",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "container exited immediately (timeout while waiting for state to become 'running'), and every update starts it again.",
  },
  fix: 'Set mustRun to false and restart to "no"; with attach true the update waits for its end. Check exitCode before anything goes on.',
  source: "https://www.pulumi.com/registry/packages/docker/api-docs/container/",
  check: {
    [CONTAINER]: (container): Report[] => {
      if (!ends(container)) return [];
      const must = container.at("mustRun");
      const restart = container.at("restart");
      if (must.unknown) return [undecided(must)];
      if (must.boolean !== false)
        return [violation(must, "it runs once and ends, but mustRun is not false")];
      return restart.isWord("always", "unless-stopped")
        ? [violation(restart, `it runs once and ends, but restart is ${restart.text}`)]
        : [];
    },
  },
  checkStack: ofEach([CONTAINER], (container, graph): Report[] => {
    const attach = container.at("attach");
    if (!ends(container) || container.at("mustRun").boolean !== false) return [];
    const [waiting] = graph.referrers(container, CONTAINER);
    if (waiting === undefined || attach.boolean === true || attach.unknown) return [];
    return [
      {
        ...violation(attach, `${waiting.name} waits for it, but without attach only for its start`),
        answer: "what depends on it starts before it has ended.",
      },
    ];
  }),
});

function ends(container: Resource): boolean {
  const isStopped = container.at("start").boolean === false;
  return (
    !isStopped && isOneShot(container) && storeOfImage(container.at("image").text) === undefined
  );
}
