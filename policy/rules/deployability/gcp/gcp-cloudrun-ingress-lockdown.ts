import { ofEach } from "../../../lib/deployability/each";
import { servicesBehind } from "../../../lib/deployability/gcp/load-balancer";
import { NEG } from "../../../lib/deployability/gcp/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "gcp-cloudrun-ingress-lockdown",
  title: "A service behind a load balancer is reached through it only",
  fails: {
    when: "runtime",
    effect: "insecure",
    answer: "everything works, and Cloud Armor is skipped through the run.app address.",
  },
  fix: "Set ingress to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER, or defaultUriDisabled to true.",
  source: "https://cloud.google.com/run/docs/securing/ingress",
  checkStack: ofEach([NEG], (neg, graph) =>
    servicesBehind(graph, neg).flatMap((service): Report[] => {
      const ingress = service.at("ingress");
      const uri = service.at("defaultUriDisabled");
      if (uri.boolean === true) return [];
      const [unknown] = [ingress, uri].filter((value) => value.unknown);
      if (unknown !== undefined) return [{ ...undecided(unknown), resource: service }];
      if (ingress.present && !ingress.isWord("INGRESS_TRAFFIC_ALL")) return [];
      const message = `${neg.name} leads a load balancer to it, but ingress admits the internet past it`;
      return [{ ...violation(ingress, message), resource: service }];
    }),
  ),
});
