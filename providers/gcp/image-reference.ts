/** A full image reference, taken apart. */
export interface Reference {
  readonly host: string;
  /** Path without host and tag, e.g. `library/postgres`. */
  readonly image: string;
  /** `:16` or `@sha256:…`. */
  readonly pinned: string;
  /** Whether Cloud Run pulls from the host itself. */
  readonly isGoogle: boolean;
}

const GOOGLE = /(^|\.)gcr\.io$|-docker\.pkg\.dev$/;

/** Reads `[host/]path[:tag][@digest]`; without a host it is Docker Hub's. */
export function parseReference(reference: string): Reference {
  const [first = "", ...rest] = reference.split("/");
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const host = hasHost && first !== "registry-1.docker.io" ? first : "docker.io";
  const path = hasHost ? rest.join("/") : reference;
  const at = path.search(/[:@]/);
  const bare = at < 0 ? path : path.slice(0, at);
  const pinned = at < 0 ? "" : path.slice(at);
  // Docker Hub's own images have a folder that short references leave out.
  const image = host === "docker.io" && !bare.includes("/") ? `library/${bare}` : bare;
  return { host, image, pinned, isGoogle: GOOGLE.test(host) };
}
