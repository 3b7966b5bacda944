import { revealed, type Deployed, type Properties } from "../support/deployed";
import { entryOf, existing, only, type CloudReader, type ReadRoute } from "./reader";

const APP = "azure-native:app:ContainerApp";
const JOB = "azure-native:app:Job";

/** The container app or job of a component. */
const workload = (stack: Deployed, name: string): Properties =>
  only(`apps and jobs of ${name}`, [...stack.within(name, APP), ...stack.within(name, JOB)]).inputs;

/** Entry by id or by address of the secret in its vault. */
function entries(stack: Deployed): Map<string, string> {
  const names = new Map(existing(stack));
  for (const [id, entry] of existing(stack)) {
    const [, vault = "", secret = ""] = /\/vaults\/([^/]+)\/secrets\/([^/]+)$/.exec(id) ?? [];
    names.set(`https://${vault}.vault.azure.net/secrets/${secret}`, entry);
  }
  for (const secret of stack.within("secrets", "azure-native:keyvault:Secret")) {
    const { vaultName, secretName } = secret.inputs;
    names.set(String(secret.id), entryOf(secret));
    names.set(`https://${vaultName}.vault.azure.net/secrets/${secretName}`, entryOf(secret));
  }
  return names;
}

/** Principal of the identity that a workload runs as. */
function principals(stack: Deployed, name: string): unknown[] {
  const ids = (workload(stack, name)["identity"] as Properties)[
    "userAssignedIdentities"
  ] as string[];
  return stack
    .of("azure-native:managedidentity:UserAssignedIdentity")
    .filter(({ id }) => ids.includes(String(id)))
    .map(({ outputs }) => outputs["principalId"]);
}

/** Listener of a host -> map of its paths -> pool that is called as the backend. */
function gatewayRoutes(plain: Deployed): ReadRoute[] {
  const named = (list: Properties[], reference: Properties | undefined): Properties | undefined =>
    list.find(({ name }) => String(reference?.["id"]).endsWith(`/${name}`));
  return plain.of("azure-native:network:ApplicationGateway").flatMap(({ inputs }) =>
    (inputs["requestRoutingRules"] as Properties[]).flatMap((rule) => {
      const listener = named(inputs["httpListeners"] as Properties[], rule["httpListener"]);
      const map = named(inputs["urlPathMaps"] as Properties[], rule["urlPathMap"]);
      return ((map?.["pathRules"] ?? []) as Properties[]).flatMap((each) =>
        (each["paths"] as string[]).map((path) => ({
          host: String(listener?.["hostName"]),
          path,
          service: String(each["backendAddressPool"].id).split("/").at(-1) ?? "",
        })),
      );
    }),
  );
}

export const azure: CloudReader = {
  cloud: "azure",

  workload: (plain, name) => {
    const { template, configuration } = workload(plain, name);
    const all = (template as Properties)["containers"] as Properties[];
    const [own = {}] = all;
    const variables = (own["env"] ?? []) as { name: string; value?: string; secretRef?: string }[];
    const names = entries(plain);
    const addresses = new Map(
      ((configuration as Properties)["secrets"] ?? []).map((each: Properties) => [
        each["name"],
        names.get(each["keyVaultUrl"] as string) ?? each["keyVaultUrl"],
      ]),
    );
    const granted = principals(plain, name);
    return {
      images: all.map(({ image }) => image as string),
      ...(own["command"] ? { command: [...own["command"], ...(own["args"] ?? [])] } : {}),
      env: Object.fromEntries(
        variables.flatMap((each) => (each.secretRef ? [] : [[each.name, `${each.value}`]])),
      ),
      secrets: Object.fromEntries(
        variables.flatMap((each) =>
          each.secretRef ? [[each.name, String(addresses.get(each.secretRef))]] : [],
        ),
      ),
      readable: plain
        .of("azure-native:authorization:RoleAssignment")
        .filter(({ inputs }) => granted.includes(inputs["principalId"]))
        .flatMap(({ inputs }) => names.get(String(inputs["scope"])) ?? [])
        .sort(),
    };
  },

  secrets: (plain) =>
    Object.fromEntries(
      plain
        .within("secrets", "azure-native:keyvault:Secret")
        .map((secret) => [
          entryOf(secret),
          revealed((secret.inputs["properties"] as Properties)["value"]) as string,
        ]),
    ),

  routes: (plain) => [
    ...gatewayRoutes(plain),
    ...plain.of("azure-native:cdn:Route").flatMap(({ inputs }) => {
      const group = String((inputs["originGroup"] as Properties)["id"]);
      const origin = plain
        .of("azure-native:cdn:AFDOrigin")
        .find(({ id }) => id?.startsWith(`${group}/`));
      const service = plain.components("ContainerService").find((each) => {
        const { configuration } = only(`apps of ${each}`, plain.within(each, APP)).outputs;
        return (configuration as Properties)["ingress"]?.fqdn === origin?.inputs["hostName"];
      });
      const domains = ((inputs["customDomains"] ?? []) as { id: string }[]).map(({ id }) =>
        plain.of("azure-native:cdn:AFDCustomDomain").find((each) => each.id === id),
      );
      return domains.flatMap((domain) =>
        (inputs["patternsToMatch"] as string[]).map((path) => ({
          host: String(domain?.inputs["hostName"]),
          path,
          service: String(service),
        })),
      );
    }),
  ],

  run: (plain, job) =>
    only(`runs of ${job}`, plain.within(job, "azure-native:resources:AzureCliScript")),

  serving: (plain, service) => plain.within(service, APP),
};
