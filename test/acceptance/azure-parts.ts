import { READERS } from "../clouds/readers";
import type { Deployed, DeployedResource, Properties } from "../support/deployed";
import type { Check } from "./statements";

/** What several acceptance lists look at on Azure. */

export const APP = "azure-native:app:ContainerApp";
export const JOB = "azure-native:app:Job";
export const ENVIRONMENT = "azure-native:app:ManagedEnvironment";
export const SERVER = "azure-native:dbforpostgresql:Server";
export const SUBNET = "azure-native:network:Subnet";
export const ADDRESS = "azure-native:network:PublicIPAddress";
export const GATEWAY = "azure-native:network:ApplicationGateway";
export const GATEWAY_FIREWALL = "azure-native:network:WebApplicationFirewallPolicy";
export const ACCOUNT = "azure-native:storage:StorageAccount";
export const SCRIPT = "azure-native:resources:AzureCliScript";

const SECURITY_GROUP = "azure-native:network:NetworkSecurityGroup";

/** The container app or job of a component. */
export const workload = (stack: Deployed, component: string): DeployedResource =>
  stack.of(APP).find(({ name }) => name === `${component}-app`) ??
  stack.one(JOB, `${component}-job`);

export const template = (stack: Deployed, component: string): Properties =>
  workload(stack, component).inputs["template"] as Properties;

export const configuration = (stack: Deployed, component: string): Properties =>
  workload(stack, component).inputs["configuration"] as Properties;

export const container = (stack: Deployed, component: string): Properties =>
  (template(stack, component)["containers"] as Properties[])[0] ?? {};

export const variable = (
  stack: Deployed,
  component: string,
  name: string,
): Properties | undefined =>
  (container(stack, component)["env"] as Properties[]).find((each) => each["name"] === name);

export const readable = (stack: Deployed, component: string): readonly string[] =>
  READERS.azure.workload(stack, component).readable;

/** The probe that decides whether a replica gets traffic. */
export const readiness = (stack: Deployed, component: string): Properties =>
  (container(stack, component)["probes"] as Properties[]).find(
    ({ type }) => type === "Readiness",
  ) ?? {};

/** Rules of a subnet's security group in one direction, in the order they are asked. */
export const rules = (stack: Deployed, subnet: string, direction: string): Properties[] =>
  (stack.one(SECURITY_GROUP, `network-${subnet}-rules`).inputs["securityRules"] as Properties[])
    .filter((rule) => rule["direction"] === direction)
    .sort((a, b) => a["priority"] - b["priority"]);

const ports = ({ destinationPortRange, destinationPortRanges }: Properties): string =>
  destinationPortRange ?? destinationPortRanges.join("+");

/** Who is let into a subnet, in the order the rules are asked. */
export const admitted = (stack: Deployed, subnet: string): string[] =>
  rules(stack, subnet, "Inbound").map(
    (rule) => `${rule["access"]} ${rule["sourceAddressPrefix"]} ${ports(rule)}`,
  );

/** Where a subnet may connect to, in the order the rules are asked. */
export const reaches = (stack: Deployed, subnet: string): string[] =>
  rules(stack, subnet, "Outbound").map(
    (rule) => `${rule["access"]} ${rule["destinationAddressPrefix"]} ${ports(rule)}`,
  );

export const prefix = (stack: Deployed, subnet: string): string =>
  String(stack.one(SUBNET, `network-${subnet}-subnet`).inputs["addressPrefix"]);

/** Values of a server's parameters. */
export const parameters = (stack: Deployed): Properties =>
  Object.fromEntries(
    stack
      .of("azure-native:dbforpostgresql:Configuration")
      .map(({ inputs }) => [inputs["configurationName"], inputs["value"]]),
  );

/** Alerts of all kinds by name, and all of them tell the one group. */
export function alerts(stack: Deployed): string[] {
  const found = [
    ...stack.of("azure-native:monitor:MetricAlert"),
    ...stack.of("azure-native:monitor:ScheduledQueryRule"),
  ];
  const group = String(stack.one("azure-native:monitor:ActionGroup").id);
  for (const { inputs } of found) expect(JSON.stringify(inputs["actions"])).toContain(group);
  return found.map(({ name }) => name.replace(/^alarms-/, ""));
}

/** Entry of one of a gateway's collections. */
export const gatewayPart = (stack: Deployed, collection: string, name: string): Properties => {
  const entries = stack.one(GATEWAY).inputs[collection] as Properties[];
  const found = entries.find((entry) => entry["name"] === name);
  if (!found) throw new Error(`the gateway has no ${name} in ${collection}`);
  return found;
};

/** Headers that a gateway sets on the answers of a backend, and on its requests. */
export function gatewayHeaders(stack: Deployed, backend: string) {
  const [rule] = gatewayPart(stack, "rewriteRuleSets", backend)["rewriteRules"] as Properties[];
  const pairs = (list: Properties[]): Record<string, string> =>
    Object.fromEntries(list.map(({ headerName, headerValue }) => [headerName, headerValue]));
  const { requestHeaderConfigurations, responseHeaderConfigurations } = rule?.[
    "actionSet"
  ] as Properties;
  return {
    request: pairs(requestHeaderConfigurations as Properties[]),
    response: pairs(responseHeaderConfigurations as Properties[]),
  };
}

/** A rule of a firewall of either edge, by name. */
export function firewallRule(stack: Deployed, name: string): Properties {
  const all = [
    ...stack.of(GATEWAY_FIREWALL).flatMap(({ inputs }) => inputs["customRules"] as Properties[]),
    ...stack
      .of("azure-native:frontdoor:Policy")
      .flatMap(({ inputs }) => (inputs["customRules"] as Properties)["rules"] as Properties[]),
  ];
  const found = all.find((rule) => rule["name"] === name);
  if (!found) throw new Error(`no firewall has the rule ${name}`);
  return found;
}

/** The database is in a subnet of its own, which the containers alone reach, on one port. */
export const databaseIsPrivate: Check = ({ prod }) => {
  const { delegatedSubnetResourceId, publicNetworkAccess } = prod.one(SERVER).inputs[
    "network"
  ] as Properties;
  expect(delegatedSubnetResourceId).toBe(prod.one(SUBNET, "network-postgres-subnet").id);
  expect(publicNetworkAccess).toBeUndefined();
  // The containers of a stack share a subnet: who of them may come in, the passwords decide.
  expect(admitted(prod, "postgres")).toEqual([
    `Allow ${prefix(prod, "apps")} 5432`,
    `Allow ${prefix(prod, "postgres")} *`,
    "Deny VirtualNetwork *",
  ]);
};

/** Nothing of the stack has an address on the internet but its way out and, perhaps, its edge. */
export const onlyTheseAddresses =
  (...names: readonly string[]): Check =>
  ({ prod }) => {
    const { vnetConfiguration, publicNetworkAccess } = prod.one(ENVIRONMENT).inputs;
    expect(vnetConfiguration).toMatchObject({ internal: true });
    expect(publicNetworkAccess).toBe("Disabled");
    expect(
      prod
        .of(ADDRESS)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...names].sort());
  };

/** A gateway serves HTTPS with a certificate of a vault and redirects the rest, in modern TLS. */
export const gatewayServesHttps: Check = ({ prod }) => {
  const { inputs } = prod.one(GATEWAY);
  expect(inputs["sslPolicy"]).toMatchObject({ policyName: "AppGwSslPolicy20220101" });
  expect(gatewayPart(prod, "sslCertificates", "certificate")["keyVaultSecretId"]).toMatch(
    /^https:\/\/[a-z0-9-]+\.vault\.azure\.net\/secrets\/[a-z0-9-]+$/,
  );
  const listeners = inputs["httpListeners"] as Properties[];
  for (const listener of listeners) {
    const rule = (inputs["requestRoutingRules"] as Properties[]).find(({ httpListener }) =>
      String(httpListener.id).endsWith(`/httpListeners/${listener["name"]}`),
    );
    const plain = listener["protocol"] === "Http";
    expect([listener["name"], rule?.["redirectConfiguration"] !== undefined]).toEqual([
      listener["name"],
      plain,
    ]);
  }
  expect((inputs["frontendPorts"] as Properties[]).map(({ port }) => port).sort()).toEqual([
    443, 80,
  ]);
};
