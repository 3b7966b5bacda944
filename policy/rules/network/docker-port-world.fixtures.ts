import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const docker = (ports: unknown) =>
  resource("docker:index/container:Container", { image: "acme/web:1", ports });

export const fixtures: Fixtures = {
  good: [
    docker([{ internal: 8443, external: 443 }]),
    docker([{ internal: 8080, external: 8080, ip: "127.0.0.1" }]),
  ],
  bad: [docker([{ internal: 8080, external: 8080 }]), docker([{ internal: 8080 }])],
  missing: [passes(docker(undefined))],
  unknown: [docker([{ internal: 8080, external: unknown }]), docker(unknown)],
  wrongType: [
    passes(docker("8080:8080")),
    violates(docker([{ internal: 8080, external: "8080" }])),
  ],
};
