import { ofEach } from "../../../lib/deployability/each";
import { isFor, mayGive } from "../../../lib/deployability/gcp/grants";
import {
  PROJECT_BINDING,
  PROJECT_MEMBER,
  SQL,
  WORKLOADS,
} from "../../../lib/deployability/gcp/types";
import { accountOf, containersOf, templateOf } from "../../../lib/deployability/gcp/workloads";
import { linked } from "../../../lib/deployability/gcp/named";
import { valuesAt } from "../../../lib/deployability/links";
import { outputsOf } from "../../../lib/deployability/references";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { forTypes, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

const CLIENTS = [
  "roles/cloudsql.client",
  "roles/cloudsql.admin",
  "roles/cloudsql.editor",
  "roles/owner",
  "roles/editor",
];
const CONNECTION = /^[^:]+(:[^:]+)?:[^:]+:[^:]+$/;

export const rule = deployability({
  id: "gcp-cloudrun-sql-volume",
  title: "A Cloud SQL volume has a mount, the connection name, the role and a way to the instance",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "Cloud SQL connection failed: 403 NOT_AUTHORIZED, or dial unix /cloudsql/...: no such file or directory.",
  },
  fix: "Mount the volume at /cloudsql, set instances to connectionName, grant roles/cloudsql.client to template.serviceAccount before (dependsOn), and set vpcAccess for an instance without a public address.",
  source: "https://cloud.google.com/sql/docs/postgres/connect-run",
  check: forTypes(WORKLOADS, (workload) =>
    volumesOf(workload).flatMap((volume): Report[] => {
      const name = volume.at("name");
      const mounts = containersOf(workload).flatMap((one) => one.at("volumeMounts").items);
      const own = mounts.filter((mount) => mount.at("name").text === name.text);
      const isMounted = own.some((mount) =>
        /^\/cloudsql\/?$/.test(mount.at("mountPath").text ?? "/cloudsql"),
      );
      const names = valuesAt(volume, "cloudSqlInstance.instances[]").filter(
        (one) => one.text !== undefined && !CONNECTION.test(one.text),
      );
      return [
        ...(isMounted || name.unknown
          ? []
          : [violation(name, `volume ${name.text ?? ""} is not mounted at /cloudsql`)]),
        ...names.map((one) => violation(one, `"${one.text}" is no project:region:instance`)),
      ];
    }),
  ),
  checkStack: ofEach(WORKLOADS, (workload, graph) =>
    volumesOf(workload)
      .flatMap((volume) => valuesAt(volume, "cloudSqlInstance.instances[]"))
      .flatMap((at) => checkInstance(graph, workload, at)),
  ),
});

function volumesOf(workload: Resource): Value[] {
  return templateOf(workload)
    .at("volumes")
    .items.filter((volume) => volume.at("cloudSqlInstance").present);
}

function checkInstance(graph: Graph, workload: Resource, at: Value): Report[] {
  const instance = linked(graph, workload, at, SQL).resource;
  const wrong = outputsOf(at).find((output) => output !== "" && output !== "connectionName");
  const reports: Report[] =
    wrong === undefined || instance === undefined
      ? []
      : [violation(at, `instances takes connectionName, not ${wrong}`)];
  const isPrivate =
    instance?.at("settings.ipConfiguration.ipv4Enabled").boolean === false &&
    templateOf(workload).at("vpcAccess").absent;
  if (isPrivate)
    reports.push(
      violation(at, `${instance.name} has a private address only, and vpcAccess is not set`),
    );
  return [...reports, ...checkRole(graph, workload, at)];
}

function checkRole(graph: Graph, workload: Resource, at: Value): Report[] {
  const account = accountOf(graph, workload);
  if (account.resource === undefined && account.at.text === undefined) return [...account.open];
  const grants = graph
    .ofType(PROJECT_MEMBER, PROJECT_BINDING)
    .filter(
      (grant) => mayGive(grant, CLIENTS) && isFor(graph, grant, account.resource, account.at.text),
    );
  const before = graph.closure(workload);
  if (grants.some((grant) => before.has(grant))) return [];
  const [later] = grants;
  if (later !== undefined)
    return [violation(at, `nothing makes it wait for ${later.name}, its role on Cloud SQL`)];
  return account.resource === undefined
    ? [...account.open]
    : [violation(at, `nothing gives ${account.resource.name} roles/cloudsql.client`)];
}
