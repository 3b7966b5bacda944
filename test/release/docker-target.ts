import { Objects } from "../../sandbox/stand-ins/stand-in";
import { sandbox, succeed } from "../support/deployed";
import type { Target } from "./failures";
import { digestIn } from "./support";

export const CONTAINER = "docker:index/container:Container";

/** LatticePolicy on a Docker host without a registry. */
export const DOCKER: Target = {
  example: "lattice-policy-docker",
  apiHost: "api.staging.example.com",
  jobExits: "docker-exits.json",
  serviceType: CONTAINER,
  serviceChange: "create",
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
  atOnce: /a Docker host's edge moves all of the traffic; leave it out/,
  orphans: ({ project }) => {
    const run = sandbox(project, "stack", "export", "--stack", "staging");
    const state = succeed(run).output;
    return new Objects("docker")
      .of(CONTAINER)
      .filter(({ id }) => !state.includes(String(id)))
      .map(({ name }) => String(name));
  },
  goBack: () => {
    throw new Error("a Docker host never goes back by itself");
  },
};
