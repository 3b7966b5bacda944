import { historyOf, type AppRevision } from "../azure-native/app-revisions";
import { fits } from "../lib/beside";
import { plain, type Plain } from "../lib/values";
import type { Objects } from "../stand-ins/stand-in";
import type { Asked, Routed } from "./route";

const ROUTE = "azure-native:cdn:Route";
const DOMAIN = "azure-native:cdn:AFDCustomDomain";
const ORIGIN = "azure-native:cdn:AFDOrigin";
const RULE = "azure-native:cdn:Rule";
const APP = "azure-native:app:ContainerApp";

/** Azure Front Door: routes by domain and path, rules, origins, and the app's revisions behind them. */
export function route(asked: Asked, cloud: Objects): Routed | undefined {
  const domains = cloud.of(DOMAIN).filter(({ hostName }) => hostName === asked.host);
  const [chosen] = cloud
    .of(ROUTE)
    .filter(({ customDomains }) =>
      list(customDomains).some(({ id }) => domains.some((domain) => domain.id === id)),
    )
    .flatMap((each) =>
      list(each.patternsToMatch)
        .filter((pattern) => fits(pattern, asked.path))
        .map((pattern) => ({ each, length: String(pattern).length })),
    )
    // The most specific path wins.
    .sort((a, b) => b.length - a.length);
  if (!chosen) return undefined;
  const rules = list(chosen.each.ruleSets).flatMap(({ id }) =>
    cloud.of(RULE).filter((rule) => String(rule.id).startsWith(`${id}/rules/`)),
  );
  const met = rules.filter(({ conditions }) =>
    list(conditions).every((each) => meets(asked, each)),
  );
  const actions = met.flatMap((rule) => list(rule.actions)).map(({ parameters }) => parameters);
  const override = actions.find(({ originGroupOverride }) => originGroupOverride !== undefined);
  const group = (override?.originGroupOverride ?? chosen.each).originGroup?.id;
  const revision = revisionAt(originOf(cloud, group), cloud);
  if (!revision) return undefined;
  return {
    image: revision.images[0] ?? "",
    revision: revision.name,
    headers: Object.fromEntries(
      actions
        .filter(({ headerAction }) => headerAction === "Overwrite")
        .map(({ headerName, value }) => [String(headerName).toLowerCase(), String(value)]),
    ),
  };
}

function meets({ headers }: Asked, { name, parameters }: Plain): boolean {
  if (name !== "RequestHeader") return false;
  const sent = headers[String(parameters.selector).toLowerCase()];
  return typeof sent === "string" && list(parameters.matchValues).includes(sent);
}

const originOf = (cloud: Objects, group: string): Plain =>
  cloud.of(ORIGIN).find(({ id }) => String(id).startsWith(`${group}/origins/`))?.hostName;

/** The environment tells apps and labels apart by the host that it is asked for. */
function revisionAt(host: string, cloud: Objects): AppRevision | undefined {
  for (const app of cloud.view.all(APP)) {
    const fqdn = String((plain(app.outputs.configuration) as Plain)?.ingress?.fqdn);
    const able = historyOf(app).revisions.filter(({ active, problem }) => active && !problem);
    if (host === fqdn) return [...able].sort((a, b) => b.weight - a.weight)[0];
    const labelled = able.find(({ label }) => label && host === fqdn.replace(".", `---${label}.`));
    if (labelled) return labelled;
  }
  return undefined;
}

const list = (value: Plain): Plain[] => (Array.isArray(value) ? [...value] : []);
