import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const port = (external: unknown, internal = external) => ({ internal, external });
const WEB = [port(80), port(443)];
const volume = (containerPath = "/data", volumeName: unknown = { ref: "v.name" }) => ({
  volumes: [{ containerPath, volumeName }],
});
const caddy = (ports: unknown, more: object = volume()) =>
  resource("docker:index/container:Container", { image: "caddy:2", ports, ...more }, "edge");
const proxy = (more: object = {}) =>
  resource(
    "docker:index/container:Container",
    {
      image: "nginxproxy/nginx-proxy:1.6",
      ports: WEB,
      volumes: [
        { containerPath: "/etc/nginx/certs", volumeName: "certs" },
        { containerPath: "/tmp/docker.sock", hostPath: "/var/run/docker.sock", readOnly: true },
      ],
      networksAdvanced: [{ name: "web" }],
      ...more,
    },
    "proxy",
  );
const app = (network: string) =>
  resource(
    "docker:index/container:Container",
    {
      image: "acme/web:1",
      envs: ["VIRTUAL_HOST=a.example.com"],
      networksAdvanced: [{ name: network }],
    },
    "app",
  );

export const fixtures: Fixtures = {
  good: [
    caddy(WEB),
    caddy([port(80, 8080), port(443, 8443), port(443)]),
    caddy([port(80)], {}),
    caddy(undefined, {}),
    passes(proxy(), app("web")),
  ],
  bad: [
    caddy([port(443)]),
    caddy([port(80)]),
    caddy(WEB, {}),
    caddy(WEB, volume("/data", null)),
    caddy([port(8080, 80), port(8443, 443)]),
    violates(proxy(), app("other")),
    proxy({ volumes: [{ containerPath: "/etc/nginx/certs", volumeName: "certs" }] }),
  ],
  missing: [passes(resource("docker:index/container:Container", { image: "caddy:2" }))],
  unknown: [
    caddy(unknown),
    waits(caddy([port(80), port(unknown, 443)])),
    caddy(WEB, { volumes: unknown }),
  ],
  wrongType: [passes(caddy("80:80"))],
};
