import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const docker = (ports: unknown) =>
  resource("docker:index/container:Container", { image: "acme/web:1", ports });
const edge = (ports: unknown) => ({
  ...docker(ports),
  parent: "urn:pulumi:live::acme::portolan:components:HttpsEdge::edge",
});

export const fixtures: Fixtures = {
  good: [
    docker([{ internal: 8443, external: 443 }]),
    docker([{ internal: 8080, external: 8080, ip: "127.0.0.1" }]),
    edge([{ internal: 8443, external: 18443 }]),
  ],
  bad: [
    docker([{ internal: 8080, external: 8080 }]),
    docker([{ internal: 8080 }]),
    edge([{ internal: 2019, external: 18443 }]),
  ],
  missing: [passes(docker(undefined))],
  unknown: [
    docker([{ internal: 8080, external: unknown }]),
    docker(unknown),
    edge([{ internal: unknown, external: 18443 }]),
  ],
  wrongType: [
    passes(docker("8080:8080")),
    violates(docker([{ internal: 8080, external: "8080" }])),
  ],
};
