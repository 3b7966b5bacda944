import { ofEach } from "../../../lib/deployability/each";
import { registryOf } from "../../../lib/deployability/azure/registries";
import { PRIVATE_ENDPOINT, REGISTRY, WORKLOADS } from "../../../lib/deployability/azure/types";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "azure-acr-admin-user",
  title:
    "A registry's password is used only where the admin user is on, a private registry is Premium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "UnAuthorizedForCredentialOperations: Cannot perform credential operations for the registry as admin user is disabled.",
  },
  fix: "Pull with an identity that has AcrPull, or set adminUserEnabled to true; set sku.name to Premium for private endpoints, network rules or disabled public access.",
  source: "https://learn.microsoft.com/azure/container-registry/container-registry-authentication",
  check: { [REGISTRY]: (registry) => checkSku(registry, privateFeature(registry)) },
  checkStack: {
    types: [...WORKLOADS, REGISTRY],
    run: (graph, context) => [
      ...ofEach(WORKLOADS, (workload) =>
        workload
          .at("configuration.registries")
          .items.flatMap((entry) => checkPassword(graph, workload, entry)),
      ).run(graph, context),
      ...ofEach([REGISTRY], (registry) => {
        if (privateFeature(registry) !== undefined) return [];
        const [endpoint] = graph
          .ofType(PRIVATE_ENDPOINT)
          .filter((one) =>
            valuesAt(one.props, "privateLinkServiceConnections[].privateLinkServiceId").some((at) =>
              graph.links(one, at, [REGISTRY]).resources.includes(registry),
            ),
          );
        return checkSku(registry, endpoint && `private endpoint ${endpoint.name}`);
      }).run(graph, context),
    ],
  },
});

/** The registry's own password is the one its listing gives; a service principal has a name of its own. */
function checkPassword(graph: Graph, workload: Resource, entry: Value): Report[] {
  const user = entry.at("username");
  if (user.absent || entry.at("passwordSecretRef").absent) return [];
  const { resource: registry } = registryOf(graph, workload, entry.at("server"));
  if (registry === undefined) return [];
  const own = registry.at("registryName").text ?? registry.outputs.at("name").text;
  const name = user.text?.toLowerCase();
  if (!user.unknown && (name === undefined || name !== own?.toLowerCase())) return [];
  const admin = registry.at("adminUserEnabled");
  if (admin.unknown) return [undecided(admin)];
  return admin.boolean === true
    ? []
    : [violation(user, `the password of ${registry.name} is used, whose admin user is off`)];
}

function privateFeature(registry: Resource): string | undefined {
  if (registry.at("publicNetworkAccess").isWord("Disabled")) return "publicNetworkAccess Disabled";
  const rules = registry.at("networkRuleSet");
  return rules.at("defaultAction").isWord("Deny") || rules.at("ipRules").each.length > 0
    ? "networkRuleSet"
    : undefined;
}

function checkSku(registry: Resource, feature: string | undefined): Report[] {
  const sku = registry.at("sku.name");
  if (feature === undefined || sku.absent || sku.isWord("Premium")) return [];
  if (sku.unknown) return [undecided(sku)];
  return [
    {
      ...violation(sku, `${feature} is not offered with sku ${sku.text ?? ""}`),
      answer: `SkuNotSupported: the sku does not support ${feature}; it requires Premium.`,
    },
  ];
}
