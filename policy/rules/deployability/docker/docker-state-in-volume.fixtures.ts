import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const store = (image: unknown, props: object = {}) =>
  resource("docker:index/container:Container", { image, ...props });
const volume = (containerPath: unknown, more: object = { volumeName: { ref: "v.name" } }) => ({
  volumes: [{ containerPath, ...more }],
});
const PGDATA = "/var/lib/postgresql/data";
const image = resource("docker:index/remoteImage:RemoteImage", { name: "postgres:16" }, "image");

export const fixtures: Fixtures = {
  good: [
    store("postgres:16", volume(PGDATA)),
    store("postgres:18", volume("/var/lib/postgresql")),
    store("redis:7", { mounts: [{ type: "volume", source: "cache", target: "/data" }] }),
    store("redis:7", { command: ["redis-server", "--save", "", "--appendonly", "no"] }),
    store("redis:7", { tmpfs: { "/data": "" } }),
    store("postgres:16", { ...volume("/pg"), envs: ["PGDATA=/pg/data"] }),
    store("mysql:8", volume("/var/lib/mysql", { hostPath: "/srv/mysql" })),
    store("caddy:2", { ports: [{ internal: 80, external: 80 }] }),
    store("acme/web:1"),
    store("postgres:16", { command: ["pg_dump", "-h", "db"] }),
    store("postgres:16", { start: false }),
  ],
  bad: [
    store("postgres:16"),
    store("redis:7"),
    store("mysql:8", volume("/backup")),
    store("postgres:16", volume(PGDATA, {})),
    store("caddy:2", { ports: [{ internal: 443, external: 443 }] }),
    violates(image, store({ ref: "image.imageId" })),
  ],
  missing: [violates(store("mongo:7", { volumes: [] })), passes(store(undefined))],
  unknown: [waits(store("postgres:16", { volumes: unknown }))],
  wrongType: [violates(store("postgres:16", { volumes: "data" }))],
};
