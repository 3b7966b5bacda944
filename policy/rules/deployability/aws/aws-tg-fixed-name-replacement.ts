import { FORWARDERS, TARGET_GROUP } from "../../../lib/deployability/aws/types";
import { about, valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { fixedName } from "../../../lib/deployability/values";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { violation } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-tg-fixed-name-replacement",
  title: "A target group that a listener uses has no fixed name",
  fails: {
    when: "update",
    effect: "error",
    answer: "ResourceInUse: Target group is currently in use by a listener or a rule",
  },
  fix: "Leave name to the provider (or set namePrefix): a group with a fixed name is deleted before its successor is made, while the listener still uses it.",
  source: "https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming",
  checkStack: {
    types: [TARGET_GROUP],
    run: (graph) =>
      graph.ofType(TARGET_GROUP).flatMap((group) => {
        // A name that is not known yet was made by the program: it is just as fixed, or differs each time.
        const name = fixedName(group);
        if (name === undefined || group.at("namePrefix").present) return [];
        return forwarders(graph, group)
          .slice(0, 1)
          .flatMap((user) =>
            about(group, [
              violation(name, `${user.name} uses it under the fixed name "${name.text}"`),
            ]),
          );
      }),
  },
});

function forwarders(graph: Graph, group: Resource): Resource[] {
  return graph
    .referrers(group, ...Object.keys(FORWARDERS))
    .filter((user) =>
      (FORWARDERS[user.type] ?? [])
        .flatMap((path) => valuesAt(user.props, path))
        .some((at) => graph.links(user, at, [TARGET_GROUP]).resources.includes(group)),
    );
}
