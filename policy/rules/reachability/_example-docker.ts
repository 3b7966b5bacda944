import { resource } from "../../lib/fixture";
import type { PlainResource } from "../../lib/resource";
import { plan, ref, type Changes } from "./_plan";

const network = (name: string, internal: boolean) =>
  resource("docker:index/network:Network", { name, internal }, name);
const attached = (...names: string[]) => names.map((name) => ({ name: ref(`${name}.name`) }));

/** A proxy, a container behind it, and its database on a network of its own. */
export function docker(changes: Changes = {}): PlainResource[] {
  return plan(
    [
      network("front", false),
      network("middle", true),
      network("back", true),
      resource(
        "docker:index/container:Container",
        {
          ...{ name: "proxy", image: "caddy:2.10", command: ["reverse-proxy", "--to", "web:8080"] },
          networksAdvanced: attached("front", "middle"),
          ports: [
            { internal: 8443, external: 443 },
            { internal: 8080, external: 80 },
          ],
        },
        "proxy",
      ),
      resource(
        "docker:index/container:Container",
        {
          ...{ name: "web", image: "acme/web:1", envs: ["URL=postgres://app@db:5432/app"] },
          networksAdvanced: attached("middle", "back"),
        },
        "web",
      ),
      resource(
        "docker:index/container:Container",
        { name: "db", image: "postgres:16", networksAdvanced: attached("back") },
        "db",
      ),
    ],
    changes,
  );
}
