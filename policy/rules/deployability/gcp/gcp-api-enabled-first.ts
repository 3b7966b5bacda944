import { API } from "../../../lib/deployability/gcp/types";
import { about, type StackReport } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

/** The API behind a module of the provider; modules with the API's own name are left out. */
const APIS: Readonly<Record<string, string>> = {
  alloydb: "alloydb",
  artifactregistry: "artifactregistry",
  bigquery: "bigquery",
  certificatemanager: "certificatemanager",
  cloudbuild: "cloudbuild",
  cloudfunctions: "cloudfunctions",
  cloudfunctionsv2: "cloudfunctions",
  cloudrun: "run",
  cloudrunv2: "run",
  cloudscheduler: "cloudscheduler",
  cloudtasks: "cloudtasks",
  compute: "compute",
  container: "container",
  dns: "dns",
  eventarc: "eventarc",
  filestore: "file",
  firestore: "firestore",
  iap: "iap",
  kms: "cloudkms",
  logging: "logging",
  memcache: "memcache",
  monitoring: "monitoring",
  pubsub: "pubsub",
  redis: "redis",
  secretmanager: "secretmanager",
  serviceaccount: "iam",
  servicenetworking: "servicenetworking",
  spanner: "spanner",
  sql: "sqladmin",
  vpcaccess: "vpcaccess",
  workflows: "workflows",
};

export const rule = deployability({
  id: "gcp-api-enabled-first",
  title: "Resources wait for the API that the plan enables for them",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "403 SERVICE_DISABLED / accessNotConfigured: the API has not been used in project before or it is disabled. If you enabled this API recently, wait a few minutes.",
  },
  fix: "Let every resource depend on the projects.Service of its API (dependsOn, or the component's), and leave disableOnDestroy off outside stacks that own their project.",
  source: "https://cloud.google.com/service-usage/docs/enable-disable",
  checkStack: {
    types: [API],
    run: (graph) => {
      const byApi = new Map<string, Resource[]>();
      for (const service of graph.ofType(API)) {
        const name = service.at("service").text?.replace(/\.googleapis\.com$/, "") ?? "";
        byApi.set(name, [...(byApi.get(name) ?? []), service]);
      }
      const users = graph.resources.filter(({ type }) => type.startsWith("gcp:"));
      return [...users.flatMap((user) => checkUser(graph, user, byApi)), ...checkDisabling(graph)];
    },
  },
});

function checkUser(
  graph: Graph,
  user: Resource,
  byApi: ReadonlyMap<string, readonly Resource[]>,
): StackReport[] {
  const module = /^gcp:([a-z0-9]+)\//.exec(user.type)?.[1] ?? "";
  const api = /^gcp:projects\/iAM/.test(user.type) ? "cloudresourcemanager" : APIS[module];
  const own = (byApi.get(api ?? "") ?? []).filter((service) => !inOther(user, service));
  const [first] = own;
  if (api === undefined || first === undefined) return [];
  const before = graph.closure(user);
  if (own.some((service) => before.has(service))) return [];
  const message = `nothing makes it wait for ${first.name}, which enables ${api}.googleapis.com`;
  return about(user, [violation(user.props, message)]);
}

/** Projects that are surely two. */
function inOther(user: Resource, service: Resource): boolean {
  const [one, other] = [user.at("project").text, service.at("project").text];
  return one !== undefined && other !== undefined && one !== other;
}

function checkDisabling(graph: Graph): StackReport[] {
  if (graph.ofType("gcp:organizations/project:Project").length > 0) return [];
  return graph.ofType(API).flatMap((service) => {
    const disable = service.at("disableOnDestroy");
    const reports: Report[] = disable.unknown
      ? [undecided(disable)]
      : disable.boolean === true
        ? [
            {
              ...violation(
                disable,
                "the API is switched off for the whole project with this stack",
              ),
              answer:
                "after destroy everything else in the project that uses the API gets 403 SERVICE_DISABLED.",
            },
          ]
        : [];
    return about(service, reports);
  });
}
