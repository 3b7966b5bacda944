import { originsOf } from "../../../lib/deployability/azure/front-door";
import { ORIGIN_GROUP, ROUTE } from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "azure-fd-route-after-origin",
  title: "A route waits for an enabled origin of its origin group",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "BadRequest: Please make sure that the originGroup is created successfully and at least one enabled origin is created under the origin group.",
  },
  fix: "Let the route depend on an enabled AFDOrigin of its group (dependsOn), and serve Http too where httpsRedirect is Enabled.",
  source: "https://learn.microsoft.com/azure/frontdoor/front-door-route-matching",
  check: {
    [ROUTE]: (route): Report[] => {
      const protocols = route.at("supportedProtocols");
      const redirect = route.at("httpsRedirect");
      if (!redirect.isWord("Enabled") || protocols.absent) return [];
      if (protocols.each.some((one) => one.unknown)) return [undecided(protocols)];
      return protocols.each.some((one) => one.isWord("Http"))
        ? []
        : [
            {
              ...violation(
                protocols,
                "httpsRedirect is Enabled, but the route does not serve Http",
              ),
              answer:
                "BadRequest: HttpsRedirect requires both Http and Https in supportedProtocols.",
            },
          ];
    },
  },
  checkStack: ofEach([ROUTE], (route, graph): Report[] => {
    const at = route.at("originGroup.id");
    const { resource: group, open } = target(graph, route, at, ORIGIN_GROUP);
    if (group === undefined) return [...open];
    const { own, loose } = originsOf(graph, group);
    const enabled = own.filter((origin) => !origin.at("enabledState").isWord("Disabled"));
    const before = graph.closure(route);
    if ([...enabled, ...loose].some((origin) => before.has(origin))) return [];
    const [later] = enabled;
    if (later !== undefined)
      return [
        violation(at, `nothing makes it wait for ${later.name}, the origin of ${group.name}`),
      ];
    const [unknown] = loose;
    if (unknown !== undefined) return [undecided(unknown.at("originGroupName"))];
    return [violation(at, `${group.name} has no enabled origin in the plan`)];
  }),
});
