import { globToRegExp } from "../glob";
import type { Settings } from "../settings";
import type { Value } from "../value/value";

/** What is known about the user a process runs as. */
export type UserVerdict = "root" | "not root" | "unknown";

/** Reads a user as Docker does: name or number, with or without a group. */
export function judgeUser(user: string): UserVerdict {
  const name = user.trim().split(":")[0]?.trim().toLowerCase() ?? "";
  if (name === "") return "unknown";
  if (name === "root" || name === "containeradministrator") return "root";
  if (/^[+-]?(0x)?0+$/.test(name)) return "root";
  return "not root";
}

/** Images of the public registries that say what they run as; the image's own configuration, as of 2026. */
const ROOT_IMAGES =
  /^(?:docker\.io\/)?(?:library\/)?(?:nginx|httpd|alpine|ubuntu|debian|busybox|node|python|golang|ruby|php|openjdk|eclipse-temurin|amazonlinux|fedora|centos|rockylinux|caddy|traefik|bash|perl|tomcat|wordpress)(?=[:@]|$)/;
const PLAIN_IMAGES =
  /(?:^|\/)(?:bitnami|chainguard|nginxinc\/nginx-unprivileged|grafana\/grafana|prom\/prometheus)(?:[/:@]|$)|^cgr\.dev\/|distroless\/[^:@]+:(?:[\w.-]*nonroot)/;

/** The user an image runs as where the plan does not say: from settings, else from what well-known images do. */
export function userOfImage(image: Value, settings: Settings): UserVerdict {
  const text = image.text;
  if (text === undefined) return "unknown";
  for (const [pattern, user] of Object.entries(settings.imageUsers)) {
    // An image without a user in its configuration runs as root.
    if (globToRegExp(pattern).test(text)) return user.trim() === "" ? "root" : judgeUser(user);
  }
  if (PLAIN_IMAGES.test(text)) return "not root";
  return ROOT_IMAGES.test(text) ? "root" : "unknown";
}
