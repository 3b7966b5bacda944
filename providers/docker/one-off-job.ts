import { builder, type BuildRequest, type Parity } from "../../components/builder";
import { jobsAreLeft } from "../../components/left-jobs";
import type { OneOffJobSpec } from "../../components/one-off-job";
import type { WorkloadLinks } from "../../components/workload";
import type { JobAttachment } from "./attachments";
import { runToEnd } from "./gate";
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
  build: (request: BuildRequest<OneOffJobSpec, WorkloadLinks>) => {
    const { name, spec, links, parent, environment } = request;
    const parts = partsOf(request);
    const files = workloadFiles(name, spec, links, environment, parent);
    const completed = runToEnd(
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
            ...(links.siem ? { siem: links.siem } : {}),
          },
          environment,
        ),
        entrypoints: [KEEPER, "once", `${spec.timeoutSeconds}`],
        command: spec.command ? [...spec.command] : files.program,
        envs: parts.envs,
        init: true,
        networksAdvanced: parts.networks.map((network) => ({ name: network.name })),
        volumes: [parts.network.keeper.mount, files.mount, ...parts.mounts],
      },
      {
        parent,
        dependsOn: [...links.after],
        customTimeouts: { create: `${spec.timeoutSeconds + 60}s` },
      },
      jobsAreLeft(),
    );
    const attachment: JobAttachment = { cloud: "docker" };
    return { completed, attachment };
  },
});
