import { peersOf } from "../../../lib/deployability/docker/containers";
import { CONTAINER } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { storeIn } from "../../../lib/reachability/docker/images";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "docker-readiness-before-app",
  title: "An app starts after its store is ready, or is started again until it is",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "the first start fails with connection refused or 'the database system is starting up', and the app stays down.",
  },
  fix: 'Set wait true and a healthcheck on the store and let the app depend on it, or set restart to "unless-stopped" on the app.',
  source: "https://www.pulumi.com/registry/packages/docker/api-docs/container/",
  checkStack: ofEach([CONTAINER], (app, graph): Report[] => {
    const restart = app.at("restart");
    if (restart.isWord("always", "unless-stopped", "on-failure")) return [];
    const before = graph.closure(app);
    const peers = peersOf(graph, app).filter(
      ({ container }) => storeIn(graph, container, container.props) !== undefined,
    );
    return peers.flatMap(({ container: store, at }): Report[] => {
      const wait = store.at("wait");
      if (before.has(store) && wait.boolean === true) return [];
      const [unknown] = [restart, wait].filter((value) => value.unknown);
      if (unknown !== undefined) return [undecided(unknown)];
      const message = before.has(store)
        ? `it waits for the start of ${store.name} only, and is not started again`
        : `nothing makes it wait for ${store.name}, and it is not started again`;
      return [violation(at, message)];
    });
  }),
});
