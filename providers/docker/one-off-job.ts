import { Container } from "@pulumi/docker/container";
import { builder, type BuildRequest, type Parity } from "../../components/builder";
import type { OneOffJobSpec } from "../../components/one-off-job";
import type { WorkloadLinks } from "../../components/workload";
import type { JobAttachment } from "./attachments";
import { endedWell } from "./gate";
import { hardened } from "./hardened";
import { KEEPER } from "./keeper";
import { describeWorkload, partsOf, workloadFiles } from "./workload";

const describe: Parity<OneOffJobSpec> = {
  ...describeWorkload,
  timeoutSeconds: "the helper ends the program and the run counts as failed, exit code 124",
};

export const oneOffJob = builder({
  cloud: "docker",
  describe,
  resolve: (spec: OneOffJobSpec, { path, problems }) => {
    if (spec.timeoutSeconds > 840) {
      problems.add(`${path}.timeoutSeconds`, `${spec.timeoutSeconds} is more than 840; give less`);
    }
    return spec;
  },
  build: ({
    name,
    spec,
    links,
    parent,
    environment,
  }: BuildRequest<OneOffJobSpec, WorkloadLinks>) => {
    const parts = partsOf(name, spec, links);
    const files = workloadFiles(name, spec, links, environment, parent);
    const container = new Container(
      `${name}-run`,
      {
        ...hardened(
          {
            name: `${name}-run`,
            component: name,
            image: parts.image.image,
            user: parts.user,
            cpu: spec.cpu,
            memoryMiB: spec.memoryMiB,
            scratch: parts.scratch,
            graceSeconds: 30,
            files: files.version,
            fixed: parts.revision,
          },
          environment,
        ),
        entrypoints: [KEEPER, "once", `${spec.timeoutSeconds}`],
        command: spec.command ? [...spec.command] : files.program,
        envs: parts.envs,
        init: true,
        // It is meant to end: attached to, so that `up` waits for it, and left alone afterwards.
        attach: true,
        mustRun: false,
        restart: "no",
        networksAdvanced: parts.networks.map((network) => ({ name: network.name })),
        volumes: [parts.network.keeper.mount, files.mount],
      },
      {
        parent,
        // By itself the provider asks for it only when an input changes, not for `--replace`.
        deleteBeforeReplace: true,
        dependsOn: [...links.after],
        customTimeouts: { create: `${spec.timeoutSeconds + 60}s` },
      },
    );
    const attachment: JobAttachment = { cloud: "docker" };
    return { completed: endedWell(name, container, parent), attachment };
  },
});
