import { containersOf } from "../../containers/containers";
import type { Graph } from "../../graph/graph";
import { attachmentOf, CONTAINER, letsMembersTalk } from "../../reachability/docker/networks";
import { nameOfImage } from "../../reachability/docker/images";
import type { Resource } from "../../resource";
import { Unknown } from "../../value/unknown";
import type { Value } from "../../value/value";
import { looksLikeMigration } from "../one-shot";

/** The Docker host something stands on: that of its provider. */
export function hostOf(resource: Resource): string {
  return resource.provider ?? "";
}

/** The image's name, also where it is taken from an image resource of the plan. */
export function imageOf(graph: Graph, container: Resource): string | undefined {
  return nameOfImage(graph, container, container.at("image"));
}

/** The last part of an image's name without tag and digest, and its tag. */
export function imageParts(image: string): { readonly name: string; readonly tag: string } {
  const plain = image.split("@")[0] ?? "";
  const last = plain.slice(plain.lastIndexOf("/") + 1);
  const [name = "", tag = ""] = last.split(":");
  return { name: name.toLowerCase(), tag };
}

/** False for a container that is made and never started, to carry files or to be copied from. */
export function runs(container: Resource): boolean {
  return container.at("start").boolean !== false;
}

/** True for a container that runs once and ends, by its name or its command. */
export function isOneShot(container: Resource): boolean {
  const words = [...container.at("entrypoints").each, ...container.at("command").each];
  const command = words.map(({ text }) => text ?? "").join(" ");
  // A shell that goes on after the migration is the program itself.
  const goesOn = /&&|;|\bexec\b/.test(command);
  return looksLikeMigration(
    container.name,
    container.at("name").text,
    goesOn ? undefined : command,
  );
}

/** Another container of the host that a container is told about. */
export interface Peer {
  readonly container: Resource;
  /** The name it is called by; undefined where it is taken from the container itself. */
  readonly host: string | undefined;
  readonly at: Value;
}

const URL_HOST = /[a-z][a-z0-9+.-]*:\/\/(?:[^@\s/]*@)?([A-Za-z0-9_-]+)(?=[:/?#,\s]|$)/gi;

/** Containers a container is told about in its variables, by the names of hosts and by reference. */
export function peersOf(graph: Graph, client: Resource): Peer[] {
  const others = graph
    .ofType(CONTAINER)
    .filter((other) => other !== client && hostOf(other) === hostOf(client))
    .filter(runs);
  return (containersOf(client).containers[0]?.environment ?? []).flatMap(({ name, value }) => {
    const named = hostsIn(name, value).flatMap((host) =>
      others
        .filter((other) => namesOf(graph, other).includes(host))
        .map((container) => ({ container, host, at: value })),
    );
    const referred = graph
      .links(client, value, [CONTAINER])
      .resources.filter((one) => value.unknown && others.includes(one));
    const told = value.raw instanceof Unknown && value.raw.references.length > 0 ? referred : [];
    return [...named, ...told.map((container) => ({ container, host: undefined, at: value }))];
  });
}

function hostsIn(name: string, value: Value): string[] {
  const texts = value.unknown ? [`${value.prefix}\0${value.suffix}`] : [value.text ?? ""];
  const inUrls = texts.flatMap((text) =>
    [...text.matchAll(URL_HOST)].flatMap((match) => match[1] ?? []),
  );
  const alone = /(HOST|HOSTNAME|ADDR|ADDRESS|SERVER)$/i.test(name) ? value.text : undefined;
  const host = /^([A-Za-z0-9_-]+)(:\d+)?$/.exec(alone ?? "")?.[1];
  return host === undefined ? inUrls : [...inUrls, host];
}

/** Names by which people may mean a container, the right ones and the logical one. */
function namesOf(graph: Graph, container: Resource): string[] {
  const aliases = attachmentOf(graph, container).memberships.flatMap((one) => one.aliases);
  return [container.name, ...aliases, container.at("name").text ?? ""];
}

/** What keeps a container from finding a peer by its name; true where it does, undefined where nobody can tell. */
export function finds(graph: Graph, client: Resource, peer: Peer): true | string | undefined {
  const own = attachmentOf(graph, client);
  const theirs = attachmentOf(graph, peer.container);
  if (own.mode !== "bridge" || theirs.mode !== "bridge") return true;
  const extra = client.at("hosts").items.some((one) => one.at("host").text === peer.host);
  if (extra) return true;
  const shared = theirs.memberships.filter(({ network, resource }) =>
    own.memberships.some((one) => one.network === network && (resource ?? isNamed(network))),
  );
  const answers = shared
    .filter(letsMembersTalk)
    .some(
      ({ aliases }) =>
        peer.host === undefined ||
        aliases.includes(peer.host) ||
        peer.container.at("name").text === peer.host ||
        (peer.container.at("name").unknown && !aliases.includes(peer.host)),
    );
  if (answers) return true;
  if (own.open || theirs.open) return undefined;
  if (shared.length === 0) return `it shares no user-defined network with ${peer.container.name}`;
  return `on their network ${peer.container.name} is not called "${peer.host}", since it has neither that name nor that alias`;
}

/** Networks outside the plan count by their name; the default bridge has none. */
function isNamed(network: string): boolean {
  return network !== "the default bridge" && network !== "bridge";
}
