import { ofEach } from "../../../lib/deployability/each";
import { isServerless, servicesBehind } from "../../../lib/deployability/gcp/load-balancer";
import { linked } from "../../../lib/deployability/gcp/named";
import { BACKEND, NEG } from "../../../lib/deployability/gcp/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";

const KINDS = ["cloudRun", "appEngine", "cloudFunction", "serverlessDeployment"];

export const rule = deployability({
  id: "gcp-serverless-neg-backend",
  title:
    "A backend service over Cloud Run checks no health, and its group is in the service's region",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400: A backend service cannot have a healthcheck with Serverless network endpoint group backends.",
  },
  fix: "Leave healthChecks, timeoutSec and portName out, name exactly one of cloudRun, appEngine and cloudFunction, and put the group into the service's region.",
  source: "https://cloud.google.com/load-balancing/docs/negs/serverless-neg-concepts",
  check: {
    [NEG]: (neg): Report[] => {
      const kind = neg.at("networkEndpointType");
      if (!isServerless(neg)) return [];
      const given = KINDS.filter((key) => neg.at(key).present);
      return given.length === 1
        ? []
        : [
            {
              ...violation(kind, `a serverless group has exactly one target, not ${given.length}`),
              answer: "400: Exactly one of cloudRun, appEngine or cloudFunction must be set.",
            },
          ];
    },
  },
  checkStack: {
    types: [BACKEND, NEG],
    run: (graph, context) => [
      ...ofEach([BACKEND], (backend): Report[] => {
        const groups = backend.at("backends").items.map((one) => one.at("group"));
        const isOver = groups.some((group) => {
          const neg = linked(graph, backend, group, NEG).resource;
          return neg !== undefined && isServerless(neg);
        });
        if (!isOver) return [];
        return ["healthChecks", "timeoutSec", "portName"]
          .map((key) => backend.at(key))
          .filter((value) => value.each.length > 0 && value.text !== "" && value.number !== 0)
          .map((value) => ({
            ...violation(value, `${value.path} is set over a serverless group`),
            answer:
              value.path === "timeoutSec"
                ? "400: Timeout sec is not supported for a backend service with Serverless network endpoint groups."
                : "400: A backend service cannot have a healthcheck with Serverless network endpoint group backends.",
          }));
      }).run(graph, context),
      ...ofEach([NEG], (neg) =>
        servicesBehind(graph, neg).flatMap((service): Report[] => {
          const [own, theirs] = [neg.at("region"), service.at("location")];
          const [unknown] = [own, theirs].filter((value) => value.unknown);
          if (unknown !== undefined) return [undecided(unknown)];
          return own.text === undefined || theirs.text === undefined || own.text === theirs.text
            ? []
            : [
                violation(
                  own,
                  `the group is in ${own.text}, and ${service.name} in ${theirs.text}`,
                ),
              ];
        }),
      ).run(graph, context),
    ],
  },
});
