import { historyOf } from "../../sandbox/aws/ecs-deployments";
import { ECS_SERVICE } from "../../sandbox/aws/refs";
import { Objects } from "../../sandbox/stand-ins/stand-in";
import { planted, type Failure, type Target } from "./failures";
import { digestIn } from "./support";

const DENIED =
  "An error occurred (AccessDeniedException) when calling the ContinueServiceDeployment operation: not authorized";
const BROKEN =
  "An error occurred (ServerException) when calling the ContinueServiceDeployment operation: 500, internal service error";

/** LatticePolicy on ECS. */
export const AWS: Target = {
  example: "../Pulumi.staging",
  apiHost: "api.staging.example.com",
  jobExits: "aws-job-exits.json",
  serviceType: ECS_SERVICE,
  revisionsCommand: "ecs describe-tasks",
  alarmsCommand: "cloudwatch describe-alarms",
  alarm: () => {
    const [alarm] = new Objects("aws").of("aws:cloudwatch/metricAlarm:MetricAlarm");
    return {
      MetricAlarms: [
        { AlarmName: alarm?.name, StateValue: "ALARM", StateTransitionedTimestamp: "$NOW" },
      ],
    };
  },
  digestCommand: "ecr describe-images",
  missing:
    "An error occurred (ImageNotFoundException) when calling the DescribeImages operation: no such image",
  digest: (_stack, version) => {
    const api = new Objects("aws")
      .of("aws:ecr/repository:Repository")
      .find(({ name }) => String(name).endsWith("lattice-policy-api"));
    return digestIn(String(api?.repositoryUrl), version);
  },
  unsafe: {
    file: "providers/aws/managed-postgres.ts",
    from: "publiclyAccessible: false",
    to: "publiclyAccessible: true",
    rule: /database-public-endpoint/,
  },
  goBack: () => {
    const { view } = new Objects("aws");
    const [api] = view.all(ECS_SERVICE).filter(({ id }) => id.endsWith("/api"));
    if (!api) throw new Error("there is no service api");
    const { revisions, deployments } = historyOf(api);
    const last = { ...deployments.at(-1), status: "ROLLBACK_SUCCESSFUL", reason: "an alarm" };
    view.remember(api, { revisions, deployments: [...deployments.slice(0, -1), last] });
  },
  denyShift: (stack) =>
    stack.plant("stand-ins.json", [{ command: "ecs continue-service-deployment", refuse: DENIED }]),
  // One service has been moved; the other is asked three times, as after every passing error.
  breakShift: (stack) =>
    stack.plant("stand-ins.json", [
      { command: "ecs continue-service-deployment", refuse: BROKEN, nth: 2, times: 3 },
    ]),
  dieShift: (stack) =>
    stack.plant("stand-ins.json", [
      { command: "ecs continue-service-deployment", kill: true, nth: 2 },
    ]),
  atOnce: /10,50,100 is not offered on aws, where ECS shifts all traffic at once; use 100/,
  // The update ends when ECS's deployment does, which is after the bake time.
  later: {
    "an update that the cloud does and answers with an error": "settle",
    "an engine that is killed while it makes the candidate": "settle",
  },
};

/** What only a platform with a way back of its own can do. */
export const goneBack: Failure = {
  what: "a candidate that the platform takes back, and calls that a success",
  ...{ exit: 1, step: "candidate", says: /rolled back|not healthy/ },
  run: planted((stack, target, version) =>
    stack.plant("rolled-back.json", [`*${target.digest(stack, version)}`]),
  ),
};
