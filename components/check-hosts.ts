import type { DockerHostSpec } from "./docker-host";
import type { Problems } from "./errors";
import type { SystemSpec } from "./system";

/** Names in the description of a host that lead nowhere, and users that no cloud may run. */
export function checkHosts(system: SystemSpec, problems: Problems): void {
  for (const [name, host] of Object.entries(system.hosts ?? {})) {
    checkHost(`hosts.${name}`, host, system, problems);
  }
}

function checkHost(at: string, host: DockerHostSpec, system: SystemSpec, problems: Problems): void {
  const needs = (path: string, name: string, known: readonly string[], section: string): void => {
    if (known.includes(name)) return;
    problems.add(
      `${at}.${path}`,
      `"${name}" is not an entry of ${section}; there are: ${known.join(", ") || "none"}`,
    );
  };
  const user = (path: string, { uid, gid }: { uid: number; gid?: number }): void => {
    for (const [kind, id] of Object.entries({ uid, gid: gid ?? uid })) {
      if (Number.isInteger(id) && id > 0) continue;
      problems.add(`${at}.${path}.${kind}`, `${id} is root's or nobody's; give 1 or more`);
    }
  };
  const images = Object.keys(system.images);
  const containers = Object.keys(host.containers);
  const mounted = (path: string, volumes: Readonly<Record<string, string>> = {}): void => {
    for (const volume of Object.values(volumes)) {
      needs(`${path}.volumes`, volume, host.volumes, "volumes");
    }
  };

  for (const [name, container] of Object.entries(host.containers)) {
    const path = `containers.${name}`;
    needs(`${path}.image`, container.image, images, "images");
    mounted(path, container.volumes);
    user(path, container);
    for (const each of container.networks) {
      needs(`${path}.networks`, each, Object.keys(host.networks), "networks");
    }
    if (container.networks.length === 0) {
      problems.add(`${at}.${path}.networks`, "is empty; name at least one network of the host");
    }
    for (const each of container.after ?? [])
      needs(`${path}.after`, each, containers, "containers");
    for (const [variable, secret] of Object.entries(container.secrets ?? {})) {
      needs(`${path}.secrets.${variable}`, secret, Object.keys(system.secrets), "secrets");
    }
  }
  for (const image of Object.keys(host.preload ?? {})) needs("preload", image, images, "images");
  needs("entry.container", host.entry.container, containers, "containers");
  needs("backup.image", host.backup.image, images, "images");
  mounted("backup", host.backup.volumes);
  user("backup", host.backup);
  const circle = circleOf(host.containers);
  if (circle) {
    problems.add(`${at}.containers`, `${circle.join(" → ")} wait for each other; remove one after`);
  }
}

/** Containers in the order of their start: after those that they name. */
export function startOrder(containers: DockerHostSpec["containers"]): string[] {
  const order: string[] = [];
  const visit = (name: string): void => {
    if (order.includes(name)) return;
    for (const before of containers[name]?.after ?? []) visit(before);
    order.push(name);
  };
  for (const name of Object.keys(containers)) visit(name);
  return order;
}

/** Names that lead back to the first of them. */
function circleOf(containers: DockerHostSpec["containers"]): string[] | undefined {
  const follow = (path: readonly string[]): string[] | undefined => {
    const last = path[path.length - 1] as string;
    for (const next of containers[last]?.after ?? []) {
      if (path.includes(next)) return [...path.slice(path.indexOf(next)), next];
      const found = follow([...path, next]);
      if (found) return found;
    }
    return undefined;
  };
  for (const name of Object.keys(containers)) {
    const found = follow([name]);
    if (found) return found;
  }
  return undefined;
}
