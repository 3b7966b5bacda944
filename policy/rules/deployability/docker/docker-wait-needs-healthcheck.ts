import { seconds } from "../../../lib/deployability/docker/durations";
import { CONTAINER, IMAGE } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const DEFAULT_WAIT = 60;

export const rule = deployability({
  id: "docker-wait-needs-healthcheck",
  title: "A container that is waited for has a health check that can pass in time",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "you have supplied a 'wait' argument, but the container does not have a healthcheck defined, or: timed out waiting for container to be healthy.",
  },
  fix: 'Add healthcheck.tests (["CMD", ...] or ["CMD-SHELL", "..."]) with durations such as "5s", and a waitTimeout above startPeriod plus retries times interval.',
  source: "https://www.pulumi.com/registry/packages/docker/api-docs/container/",
  check: {
    [CONTAINER]: (container): Report[] => [...checkDurations(container), ...checkTime(container)],
  },
  checkStack: ofEach([CONTAINER], (container, graph): Report[] => {
    const wait = container.at("wait");
    const check = container.at("healthcheck");
    const tests = check.at("tests");
    if (check.unknown || tests.unknown) return wait.boolean === true ? [undecided(tests)] : [];
    const [first] = tests.each;
    const hasCheck = first !== undefined && !first.isWord("NONE");
    if (hasCheck || wait.boolean === false || wait.absent) return [];
    // An image that is built in the plan, or outside Docker Hub's own ones, may bring a check.
    const built = graph.links(container, container.at("image"), [
      IMAGE,
      "docker-build:index:Image",
    ]);
    if (first === undefined && built.resources.length > 0) return [];
    if (wait.unknown) return [undecided(wait)];
    return wait.boolean === true
      ? [violation(wait, "wait is true, but no health check says when it is ready")]
      : [];
  }),
});

function checkDurations(container: Resource): Report[] {
  return ["interval", "timeout", "startPeriod", "startInterval"].flatMap((key) => {
    const value = container.at(`healthcheck.${key}`);
    if (value.unknown) return [undecided(value)];
    return value.absent || value.text === "" || seconds(value) !== undefined
      ? []
      : [
          {
            ...violation(value, `${key} ${String(value.raw)} is no duration such as "10s"`),
            answer: `"${String(value.raw)}" is not a valid duration`,
          },
        ];
  });
}

/** Checked only where the program says how often and how many times. */
function checkTime(container: Resource): Report[] {
  const check = container.at("healthcheck");
  if (container.at("wait").boolean !== true) return [];
  const interval = seconds(check.at("interval"));
  const retries = check.at("retries").number;
  const start = seconds(check.at("startPeriod")) ?? 0;
  const limit = container.at("waitTimeout").number ?? DEFAULT_WAIT;
  const needed = start + (interval === undefined || retries === undefined ? 0 : interval * retries);
  return needed <= limit
    ? []
    : [
        {
          ...violation(
            container.at("waitTimeout"),
            `it may take ${needed} s to be ready, and is waited for ${limit} s`,
          ),
          answer: "timed out waiting for container to be healthy",
        },
      ];
}
