import type { Target } from "./failures";
import { digestIn } from "./support";

const CONTAINER = "docker:index/container:Container";

/** LatticePolicy on a Docker host without a registry. */
export const DOCKER: Target = {
  example: "lattice-policy-docker",
  apiHost: "api.staging.example.com",
  jobExits: "docker-exits.json",
  serviceType: CONTAINER,
  revisionsCommand: "container inspect *-api-*-1",
  alarmsCommand: "logs *-alarms-watch",
  alarm: () => "$NOW keeper watch: api-errors firing: 12 of 40 answers were errors\n",
  digestCommand: "image inspect lattice-policy-api:*",
  missing: "Error response from daemon: No such image",
  digest: (_stack, version) => digestIn("lattice-policy-api", version),
  unsafe: {
    file: "providers/docker/hardened.ts",
    from: "readOnly: true,",
    to: "readOnly: true, privileged: true,",
    rule: /container-privileged/,
  },
  goBack: () => {
    throw new Error("a Docker host never goes back by itself");
  },
};
