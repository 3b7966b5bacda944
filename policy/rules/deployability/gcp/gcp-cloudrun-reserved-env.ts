import { RUN_JOB, RUN_SERVICE, WORKLOADS } from "../../../lib/deployability/gcp/types";
import { containersOf } from "../../../lib/deployability/gcp/workloads";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

const SERVICE = /^(PORT|K_SERVICE|K_REVISION|K_CONFIGURATION)$/;
const JOB = /^(PORT|K_SERVICE|K_REVISION|K_CONFIGURATION|CLOUD_RUN_(JOB|EXECUTION|TASK_.*))$/;

export const rule = deployability({
  id: "gcp-cloudrun-reserved-env",
  title: "Containers on Cloud Run set no reserved variable and open one port",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400: The following reserved env names were provided. These values are automatically set by the system.",
  },
  fix: "Leave PORT, K_SERVICE, K_REVISION and K_CONFIGURATION (jobs: CLOUD_RUN_*) to Cloud Run, set ports.containerPort instead, and name the port http1 or h2c.",
  source: "https://cloud.google.com/run/docs/container-contract",
  check: forTypes(WORKLOADS, (workload) => {
    const containers = containersOf(workload);
    return [
      ...containers.flatMap((one) => checkVariables(workload, one)),
      ...(workload.type === RUN_SERVICE ? checkPorts(containers) : []),
    ];
  }),
});

function checkVariables(workload: Resource, container: Value): Report[] {
  const reserved = workload.type === RUN_JOB ? JOB : SERVICE;
  return container.at("envs").each.flatMap((variable) => {
    const name = variable.at("name");
    if (name.unknown) return [undecided(name)];
    return reserved.test(name.text ?? "")
      ? [
          {
            ...violation(name, `${name.text} is set by Cloud Run itself`),
            answer: `400: The following reserved env names were provided: ${name.text}. These values are automatically set by the system.`,
          },
        ]
      : [];
  });
}

/** One container takes the requests, on one port. */
function checkPorts(containers: readonly Value[]): Report[] {
  const ports = containers.flatMap((one) => one.at("ports").items);
  const names = ports.map((port) => port.at("name"));
  const wrong = names.filter(
    (name) => name.text !== undefined && name.text !== "" && !/^(http1|h2c)$/.test(name.text),
  );
  const [, second] = ports;
  return [
    ...wrong.map((name) => ({
      ...violation(name, `a port is called http1 or h2c, not ${name.text}`),
      answer: "400: port.name must be empty, http1 or h2c.",
    })),
    ...(second === undefined
      ? []
      : [
          {
            ...violation(second, "a service has one port, in one of its containers"),
            answer:
              "400: Revision template should contain exactly one container with an exposed port.",
          },
        ]),
  ];
}
