import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const store = (ports: unknown, more: object = {}) =>
  resource("docker:index/container:Container", { image: "postgres:16", ports, ...more });
const image = resource("docker:index/remoteImage:RemoteImage", { name: "redis:7" }, "image");

export const fixtures: Fixtures = {
  good: [
    store([{ internal: 5432, external: 5432, ip: "127.0.0.1" }]),
    store([{ internal: 8080, external: 80 }], { image: "acme/web:1" }),
    store([{ internal: 5432, external: 5432, ip: "10.0.0.5" }]),
  ],
  bad: [
    store([{ internal: 5432, external: 5432 }]),
    store([{ internal: 5432 }]),
    store([{ internal: 5432, external: 15432, ip: "0.0.0.0" }]),
    store([{ internal: 5432, external: 5432, ip: "::" }]),
    store(undefined, { publishAllPorts: true }),
    violates(
      image,
      store([{ internal: 6379, external: 6379 }], { image: { ref: "image.imageId" } }),
    ),
  ],
  missing: [passes(store(undefined))],
  unknown: [waits(store(unknown)), store([{ internal: 5432, external: 5432, ip: unknown }])],
  wrongType: [passes(store("5432:5432"))],
};
