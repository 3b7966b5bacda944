import {
  given,
  passes,
  resource,
  unknown,
  violates,
  waits,
  type Fixtures,
} from "../../lib/fixture";

const container = (props: object) => resource("docker:index/container:Container", props);
const port = (props: object, image = "postgres:16") => container({ image, ports: [props] });
const swarm = (targetPort: unknown) =>
  resource("docker:index/service:Service", {
    taskSpec: { containerSpec: { image: "acme/web:1" } },
    endpointSpec: { ports: [{ targetPort, publishedPort: 8080 }] },
  });

export const fixtures: Fixtures = {
  good: [
    container({ image: "postgres:16" }),
    port({ internal: 5432, external: 5432, ip: "127.0.0.1" }),
    port({ internal: 5432, external: 5432, ip: "10.0.0.5" }),
    port({ internal: 8080, external: 80 }, "acme/web:1"),
    port({ internal: 9187, external: 9187 }, "prometheuscommunity/postgres-exporter:1"),
    swarm(8080),
  ],
  bad: [
    port({ internal: 5432, external: 15432 }),
    port({ internal: 6543, external: 6543 }),
    port({ internal: 6379, ip: "0.0.0.0" }, "acme/cache:1"),
    port({ internal: 6379, external: 6379, ip: "::" }, "registry.example.com:5000/redis:7"),
    container({ image: "valkey/valkey:8", publishAllPorts: true }),
    container({ image: "mongo:7", networkMode: "host" }),
    swarm(5432),
    given({ databasePorts: [7777] }, violates(port({ internal: 7777 }, "acme/store:1"))),
  ],
  missing: [passes(container({ image: "redis:7", ports: [] })), passes(container({}))],
  unknown: [
    port({ internal: 5432, external: 5432, ip: unknown }),
    port({ internal: unknown }, "acme/web:1"),
  ],
  wrongType: [
    violates(port({ internal: "5432", external: "5432" })),
    passes(container({ image: 7, ports: "5432:5432" })),
    waits(container({ image: "redis:7", ports: unknown })),
  ],
};
