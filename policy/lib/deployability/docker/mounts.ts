import type { Resource } from "../../resource";
import type { Value } from "../../value/value";

/** Something mounted into a container. */
export interface Mount {
  readonly at: Value;
  /** Path in the container; undefined where it is not known. */
  readonly path: string | undefined;
  /** A named volume, a directory of the host, one nobody has named, or memory. */
  readonly kind: "volume" | "bind" | "anonymous" | "tmpfs";
}

/** Volumes, mounts and tmpfs of a container, and whether there may be more of them than is known. */
export function mountsOf(container: Resource): {
  readonly mounts: readonly Mount[];
  readonly unknown: Value | undefined;
} {
  const volumes = container.at("volumes");
  const mounts = container.at("mounts");
  const tmpfs = container.at("tmpfs");
  const unknown = [volumes, mounts, tmpfs].find((value) => value.unknown);
  return {
    unknown: unknown ?? [...volumes.each, ...mounts.each].find((value) => value.unknown),
    mounts: [
      ...volumes.items.map((at) => ({
        at,
        path: clean(at.at("containerPath").text),
        kind: kindOfVolume(at),
      })),
      ...mounts.items.map((at) => ({
        at,
        path: clean(at.at("target").text),
        kind: kindOfMount(at),
      })),
      ...tmpfs.entries.map(([path, at]) => ({ at, path: clean(path), kind: "tmpfs" as const })),
    ],
  };
}

function kindOfVolume(at: Value): Mount["kind"] {
  if (at.at("hostPath").present && at.at("hostPath").text !== "") return "bind";
  const isNamed = at.at("volumeName").present && at.at("volumeName").text !== "";
  return isNamed || at.at("fromContainer").present ? "volume" : "anonymous";
}

function kindOfMount(at: Value): Mount["kind"] {
  if (at.at("type").isWord("tmpfs")) return "tmpfs";
  if (at.at("type").isWord("bind")) return "bind";
  return at.at("source").present && at.at("source").text !== "" ? "volume" : "anonymous";
}

function clean(path: string | undefined): string | undefined {
  return path === undefined || path === "/" ? path : path.replace(/\/+$/, "");
}

/** True if a path lies at or below another. */
export function isUnder(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}/`);
}
