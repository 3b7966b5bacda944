import { APP, JOB, POSTGRES, POSTGRES_SETTING } from "../../../lib/deployability/azure/types";
import { about, type StackReport } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { pointingTo } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { violation } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

/** What is made on a server, one operation at a time. */
const CHILDREN = [
  POSTGRES_SETTING,
  "azure-native:dbforpostgresql:Database",
  "azure-native:dbforpostgresql:FirewallRule",
  "azure-native:dbforpostgresql:Administrator",
  "azure-native:dbforpostgresql:AdministratorsMicrosoftEntra",
  "azure-native:dbforpostgresql:VirtualEndpoint",
];

export const rule = deployability({
  id: "azure-pg-children-serialised",
  title: "Settings, databases and rules of a PostgreSQL server are made one after another",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "ServerIsBusy: Cannot complete operation because server is busy processing another operation. Try again later.",
  },
  fix: "Chain the children of a server with dependsOn, and let apps that create extensions depend on azure.extensions.",
  source: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-limits",
  checkStack: {
    types: [POSTGRES],
    run: (graph) =>
      graph.ofType(POSTGRES).flatMap((server) => {
        const children = CHILDREN.flatMap((type) => pointingTo(graph, server, type, "serverName"));
        return [...checkChain(graph, server, children), ...checkApps(graph, server, children)];
      }),
  },
});

/** Of any two children one has to wait for the other; each child is told about once. */
function checkChain(graph: Graph, server: Resource, children: readonly Resource[]): StackReport[] {
  return children.flatMap((child, index) => {
    const other = children
      .slice(0, index)
      .find((one) => !graph.closure(child).has(one) && !graph.closure(one).has(child));
    if (other === undefined) return [];
    const message = `neither ${child.name} nor ${other.name} waits for the other, both change ${server.name}`;
    return about(child, [violation(child.at("serverName"), message)]);
  });
}

/** Extensions can be created only after the server has been told which ones. */
function checkApps(graph: Graph, server: Resource, children: readonly Resource[]): StackReport[] {
  const allowed = children.find(
    (child) => child.at("configurationName").text?.toLowerCase() === "azure.extensions",
  );
  if (allowed === undefined) return [];
  return graph.ofType(APP, JOB).flatMap((app) => {
    const before = graph.closure(app);
    if (!before.has(server) || before.has(allowed)) return [];
    const message = `it uses ${server.name} and does not wait for ${allowed.name} (azure.extensions)`;
    return about(app, [
      {
        ...violation(app.at("template"), message),
        answer: "extension is not allow-listed for users in Azure Database for PostgreSQL.",
      },
    ]);
  });
}
