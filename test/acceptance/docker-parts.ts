import { containersOf, CONTAINER, running, variable } from "../clouds/docker";
import type { Deployed, DeployedResource, Properties } from "../support/deployed";
import type { Check } from "./statements";

/** What several applications ask of a Docker host. */

export const NETWORK = "docker:index/network:Network";
export const VOLUME = "docker:index/volume:Volume";

export const container = (stack: Deployed, name: string): DeployedResource =>
  stack.one(CONTAINER, name);

/** A service's first replica. */
export function replica(stack: Deployed, service: string): DeployedResource {
  const [first] = containersOf(stack, service);
  if (!first) throw new Error(`${service} has no container`);
  return first;
}

export const isOnHost = ({ inputs }: DeployedResource): string => String(inputs["name"]);

/** Names of the networks that a container is attached to. */
export const networksOf = ({ inputs }: DeployedResource): string[] =>
  ((inputs["networksAdvanced"] ?? []) as Properties[]).map(({ name }) => String(name)).sort();

/** Running containers on a network, by their name in the program. */
export function membersOf(stack: Deployed, network: string): string[] {
  return running(stack.of(CONTAINER))
    .filter((each) => networksOf(each).includes(network))
    .map(({ name }) => name)
    .sort();
}

/** Containers that publish a port, and the ports. */
export function published(stack: Deployed): Record<string, number[]> {
  return Object.fromEntries(
    stack.of(CONTAINER).flatMap(({ name, inputs }) => {
      const ports = (inputs["ports"] ?? []) as { external: number }[];
      return ports.length > 0 ? [[name, ports.map(({ external }) => external).sort()]] : [];
    }),
  );
}

export const onlyTheEdgePublishes: Check = ({ prod }) =>
  expect(published(prod)).toEqual({ "edge-server": [443, 80] });

/** Configuration that the edge has been given. */
export const edgeConfig = (stack: Deployed): Properties =>
  JSON.parse(variable(container(stack, "edge-routes"), "EDGE_CONFIG")) as Properties;

/** Handlers of the edge, wherever they stand. */
export function handlers(stack: Deployed, handler: string): Properties[] {
  const found: Properties[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ((value as Properties)["handler"] === handler) found.push(value as Properties);
    Object.values(value).forEach(visit);
  };
  visit(edgeConfig(stack)["apps"]);
  return found;
}

/** Headers that the edge sets on answers, whichever backend they are of. */
export function headersSet(stack: Deployed): Record<string, string> {
  const sets = handlers(stack, "headers").map(({ response }) => response.set as object);
  return Object.fromEntries(
    sets.flatMap((set) => Object.entries(set)).map(([name, [value]]) => [name, value as string]),
  );
}

export const watched = (stack: Deployed): string[] =>
  (JSON.parse(variable(container(stack, "alarms-watch"), "CHECKS")) as { name: string }[]).map(
    ({ name }) => name,
  );

/** Dumps are sealed to a key whose private half is in the state alone. */
export function isSealed(stack: Deployed, name: string): void {
  const key = stack.one("tls:index/privateKey:PrivateKey", `${name}-backup-key`);
  expect(variable(container(stack, `${name}-backup`), "BACKUP_RECIPIENT")).toBe(
    String(key.outputs["publicKeyOpenssh"]).trim(),
  );
}

/** TLS 1.2 at least, and plain requests are sent on to HTTPS. */
export const servesHttps =
  (...hosts: readonly string[]): Check =>
  ({ prod }) => {
    const { http, tls } = edgeConfig(prod)["apps"] as Properties;
    expect(http.servers.edge.tls_connection_policies).toEqual([{ protocol_min: "tls1.2" }]);
    const [moved] = http.servers.redirect.routes as [Properties];
    expect(moved["handle"][0].status_code).toBe(308);
    const [policy] = tls.automation.policies as [Properties];
    expect(policy["subjects"]).toEqual(hosts);
  };

/** No root, read-only, no capability, no new privilege. */
export function isRestricted({ inputs }: DeployedResource): void {
  expect(inputs["user"]).not.toMatch(/^0(:|$)/);
  expect(inputs["readOnly"]).toBe(true);
  expect(inputs["capabilities"]).toMatchObject({ drops: ["ALL"] });
  expect(inputs["capabilities"].adds ?? []).toEqual([]);
  expect(inputs["securityOpts"]).toContain("no-new-privileges:true");
}

/** What of a limit on ways out Docker has no means for. */
export const NO_PORTS =
  "a container has a bridge with a way out or has none: Docker limits no port and no address of it, which takes the host's own firewall";
