import { APP, ORIGIN } from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { valuesAt } from "../../../lib/deployability/links";
import { outputsOf } from "../../../lib/deployability/references";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const CONTAINER_APPS = /\.azurecontainerapps\.io\.?$/i;
/** The host name of a revision, `app--suffix.` before the domain; a label has three hyphens, and stays. */
const REVISION = /^[a-z0-9-]*[a-z0-9]--[a-z0-9][a-z0-9-]*\./i;

export const rule = deployability({
  id: "azure-fd-origin-host-header",
  title: "An origin in Container Apps is called by the app's own host name",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "404 from the ingress (Container App is stopped or does not exist), or the edge breaks with the next revision.",
  },
  fix: "Take hostName and originHostHeader both from configuration.ingress.fqdn, not from latestRevisionFqdn.",
  source: "https://learn.microsoft.com/azure/frontdoor/origin",
  check: {
    [ORIGIN]: (origin) => {
      const host = origin.at("hostName");
      const header = origin.at("originHostHeader");
      const text = host.text ?? "";
      if (!CONTAINER_APPS.test(text)) return [];
      if (REVISION.test(text)) return [violation(host, `${text} is the name of one revision`)];
      if (header.absent || header.text === "")
        return [violation(header, "no originHostHeader is set, so the visitor's host is sent")];
      return header.text === undefined || header.isWord(text) || !CONTAINER_APPS.test(header.text)
        ? []
        : [violation(header, `originHostHeader ${header.text} is not ${text}`)];
    },
  },
  checkStack: ofEach([ORIGIN], (origin, graph): Report[] => {
    const host = origin.at("hostName");
    const { resource: app } = target(graph, origin, host, APP);
    if (app === undefined) return [];
    if (outputsOf(host).some((output) => /RevisionFqdn$/.test(output)))
      return [violation(host, "latestRevisionFqdn is the name of one revision")];
    return checkHeader(graph, origin, app);
  }),
});

function checkHeader(graph: Graph, origin: Resource, app: Resource): Report[] {
  const header = origin.at("originHostHeader");
  if (header.absent || header.text === "")
    return [violation(header, "no originHostHeader is set, so the visitor's host is sent")];
  if (outputsOf(header).some((output) => /RevisionFqdn$/.test(output)))
    return [violation(header, "latestRevisionFqdn is the name of one revision")];
  if (header.unknown) {
    const { resources } = graph.links(origin, header, [APP]);
    return resources.length === 0 || resources.includes(app)
      ? []
      : [violation(header, `originHostHeader is not a name of ${app.name}`)];
  }
  const names = valuesAt(app.props, "configuration.ingress.customDomains[].name");
  if (names.some((name) => name.unknown || name.isWord(header.text ?? ""))) return [];
  if (header.text === undefined || header.isWord(origin.at("hostName").text ?? "")) return [];
  if (CONTAINER_APPS.test(header.text) && origin.at("hostName").unknown) return [];
  return [violation(header, `${app.name} does not answer to ${header.text}`)];
}
