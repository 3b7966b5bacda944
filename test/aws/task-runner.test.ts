import { invoke, type Answers } from "./lambda";

const TASK = "arn:aws:ecs:eu-central-1:111122223333:task/c/0123";

const EVENT = {
  cluster: "arn:aws:ecs:eu-central-1:111122223333:cluster/c",
  taskDefinition: "arn:aws:ecs:eu-central-1:111122223333:task-definition/migrate:7",
  subnets: ["subnet-1", "subnet-2"],
  securityGroups: ["sg-1"],
  container: "migrate",
  timeoutSeconds: 30,
};

const started = { tasks: [{ taskArn: TASK, lastStatus: "PROVISIONING" }] };

const stopped = (container: object, stoppedReason = "Essential container in task exited") => ({
  tasks: [
    {
      taskArn: TASK,
      lastStatus: "STOPPED",
      stoppedReason,
      containers: [{ name: "migrate", ...container }],
    },
  ],
});

const run = (answers: Answers, event: object = EVENT) =>
  invoke("task-runner.mjs", event, { ListTasksCommand: [{ taskArns: [] }], ...answers });

describe("the function that runs a job", () => {
  test("returns when the container ended with exit code 0", async () => {
    const { result, sent } = await run({
      RunTaskCommand: [started],
      DescribeTasksCommand: [stopped({ exitCode: 0 })],
    });
    expect(result).toMatchObject({ exitCode: 0, taskArn: TASK });
    const input = sent.find(({ command }) => command === "RunTaskCommand")?.input;
    expect(input).toMatchObject({
      count: 1,
      launchType: "FARGATE",
      taskDefinition: EVENT.taskDefinition,
      networkConfiguration: {
        awsvpcConfiguration: { subnets: EVENT.subnets, assignPublicIp: "DISABLED" },
      },
    });
  });

  test("fails with the exit code, the reason and where the log is", async () => {
    const { error } = await run({
      RunTaskCommand: [started],
      DescribeTasksCommand: [stopped({ exitCode: 3, reason: "OutOfMemoryError" })],
    });
    expect(error).toContain("migrate ended with exit code 3 (OutOfMemoryError)");
    expect(error).toContain("log group /portolan/a/b/migrate, stream migrate/migrate/0123");
  });

  test("fails when the container never ran", async () => {
    const { error } = await run({
      RunTaskCommand: [started],
      DescribeTasksCommand: [stopped({}, "CannotPullContainerError: not found")],
    });
    expect(error).toContain("migrate never ran (CannotPullContainerError: not found)");
  });

  test("fails when ECS starts nothing", async () => {
    const { error } = await run({
      RunTaskCommand: [{ tasks: [], failures: [{ reason: "AGENT", detail: "no capacity" }] }],
    });
    expect(error).toContain("ECS did not start");
    expect(error).toContain("AGENT no capacity");
  });

  test("stops a task that takes too long", async () => {
    const running = { tasks: [{ taskArn: TASK, lastStatus: "RUNNING" }] };
    const { error, sent } = await run(
      { RunTaskCommand: [started], DescribeTasksCommand: [running] },
      { ...EVENT, timeoutSeconds: -1 },
    );
    expect(error).toContain("was stopped");
    expect(sent.at(-1)).toMatchObject({ command: "StopTaskCommand", input: { task: TASK } });
  });

  test("waits for a run that is still going on, and starts no second one", async () => {
    const { result, sent } = await run({
      ListTasksCommand: [{ taskArns: [TASK] }],
      DescribeTasksCommand: [stopped({ exitCode: 0 })],
    });
    expect(result).toMatchObject({ exitCode: 0 });
    expect(sent.map(({ command }) => command)).not.toContain("RunTaskCommand");
  });

  test("two calls for one revision carry one token, another revision another one", async () => {
    const answers = { RunTaskCommand: [started], DescribeTasksCommand: [stopped({ exitCode: 0 })] };
    const other = { ...EVENT, taskDefinition: EVENT.taskDefinition.replace(":7", ":8") };
    const outcomes = await Promise.all([run(answers), run(answers), run(answers, other)]);
    const tokens = outcomes.map(
      ({ sent }) => sent.find(({ command }) => command === "RunTaskCommand")?.input["clientToken"],
    );
    expect(tokens[0]).toBe(tokens[1]);
    expect(tokens[0]).not.toBe(tokens[2]);
  });

  test("starts anew when ECS answers with the run of an earlier, failed update", async () => {
    const { result, sent } = await run({
      RunTaskCommand: [{ tasks: [{ taskArn: "old", lastStatus: "STOPPED" }] }, started],
      DescribeTasksCommand: [stopped({ exitCode: 0 })],
    });
    expect(result).toMatchObject({ taskArn: TASK });
    const runs = sent.filter(({ command }) => command === "RunTaskCommand");
    expect(runs).toHaveLength(2);
    expect(runs[0]?.input["clientToken"]).not.toBe(runs[1]?.input["clientToken"]);
    expect(String(runs[1]?.input["clientToken"]).length).toBeLessThanOrEqual(64);
  });
});

describe("the function that proves a deployment", () => {
  const wanted = "arn:aws:ecs:eu-central-1:111122223333:task-definition/api:8";
  const check = (deployment: object) =>
    invoke(
      "deployment-check.mjs",
      { cluster: "c", service: "api", taskDefinition: wanted, timeoutSeconds: -1 },
      {
        DescribeServicesCommand: [
          { services: [{ runningCount: 2, deployments: [{ status: "PRIMARY", ...deployment }] }] },
        ],
      },
    );

  test.each([
    [{ taskDefinition: wanted, rolloutState: "COMPLETED" }, undefined],
    [{ taskDefinition: wanted }, undefined],
    [{ taskDefinition: "api:7", rolloutState: "COMPLETED" }, "the deployment was rolled back"],
    [{ taskDefinition: wanted, rolloutState: "FAILED" }, "the deployment failed"],
    [{ taskDefinition: wanted, rolloutState: "IN_PROGRESS" }, "the deployment is IN_PROGRESS"],
  ])("%j", async (deployment, reason) => {
    const { error, result } = await check(deployment);
    if (reason === undefined) expect(result).toEqual({ taskDefinition: wanted, running: 2 });
    else expect(error).toContain(reason);
  });
});
