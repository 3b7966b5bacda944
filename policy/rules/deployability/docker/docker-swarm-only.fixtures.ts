import { given, passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const network = (driver: unknown) => resource("docker:index/network:Network", { driver });
const secret = resource("docker:index/secret:Secret", { data: "eA==" });

export const fixtures: Fixtures = {
  good: [network("bridge"), given({ swarm: true }, passes(secret, network("overlay")))],
  bad: [
    secret,
    network("overlay"),
    resource("docker:index/service:Service", {}),
    resource("docker:index/serviceConfig:ServiceConfig", {}),
  ],
  missing: [passes(network(undefined))],
  unknown: [network(unknown)],
  wrongType: [passes(network(7)), violates(resource("docker:index/secret:Secret", { data: 7 }))],
};
