// Runs in AWS Lambda, inside `pulumi up`. Starts one task, waits for its end, and fails unless its
// container ended with exit code 0.
//
// Payload: {cluster, taskDefinition, subnets, securityGroups, container, timeoutSeconds}
// Result:  {exitCode, taskArn, stoppedReason}
import { createHash } from "node:crypto";
import {
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
} from "@aws-sdk/client-ecs";

const PAUSE_MS = 3_000;

/**
 * @param {{ cluster: string, taskDefinition: string, subnets: string[], securityGroups: string[],
 *   container: string, timeoutSeconds: number }} event
 */
export async function handler(event, context, ecs = new ECSClient({}), pauseMs = PAUSE_MS) {
  const deadline = Date.now() + event.timeoutSeconds * 1000;
  const started = await start(ecs, event, context.awsRequestId);
  for (;;) {
    const task = await describe(ecs, event.cluster, started);
    if (task.lastStatus === "STOPPED") return verdict(task, event);
    if (Date.now() > deadline) {
      const reason = `no end after ${event.timeoutSeconds} seconds`;
      await ecs.send(new StopTaskCommand({ cluster: event.cluster, task: started, reason }));
      throw new Error(`${reason}; the task ${started} was stopped. ${whereToLook(event, started)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/**
 * The engine and its provider repeat a call whose answer they did not get. A run of the same task
 * definition that is still going on is therefore waited for, never doubled: migrations must not
 * run in parallel. Two calls at the same moment share a client token, so ECS starts one task.
 */
async function start(ecs, event, requestId) {
  const key = createHash("sha256").update(JSON.stringify(event)).digest("hex").slice(0, 32);
  const running = await ecs.send(
    new ListTasksCommand({ cluster: event.cluster, startedBy: key, desiredStatus: "RUNNING" }),
  );
  if (running.taskArns?.[0]) return running.taskArns[0];
  const task = await run(ecs, event, key, key);
  if (task.lastStatus !== "STOPPED") return task.taskArn;
  // ECS remembers the token for a day and returned the run of an earlier, failed update.
  return (await run(ecs, event, key, `${key.slice(0, 27)}-${requestId}`)).taskArn;
}

async function run(ecs, event, startedBy, clientToken) {
  const { tasks, failures } = await ecs.send(
    new RunTaskCommand({
      cluster: event.cluster,
      taskDefinition: event.taskDefinition,
      launchType: "FARGATE",
      platformVersion: "1.4.0",
      count: 1,
      startedBy,
      clientToken,
      propagateTags: "TASK_DEFINITION",
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: event.subnets,
          securityGroups: event.securityGroups,
          assignPublicIp: "DISABLED",
        },
      },
    }),
  );
  const task = tasks?.[0];
  if (task) return task;
  const { reason = "no reason given", detail = "" } = failures?.[0] ?? {};
  throw new Error(`ECS did not start ${event.taskDefinition}: ${reason} ${detail}`.trim());
}

async function describe(ecs, cluster, arn) {
  const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [arn] }));
  const task = tasks?.[0];
  if (!task) throw new Error(`the task ${arn} is gone; ECS keeps stopped tasks for an hour only`);
  return task;
}

function verdict(task, event) {
  const container = task.containers?.find(({ name }) => name === event.container);
  const exitCode = container?.exitCode;
  const stoppedReason = container?.reason ?? task.stoppedReason ?? "";
  if (exitCode === 0) return { exitCode, taskArn: task.taskArn, stoppedReason };
  const what = exitCode === undefined ? "never ran" : `ended with exit code ${exitCode}`;
  const why = stoppedReason ? ` (${stoppedReason})` : "";
  throw new Error(`${event.container} ${what}${why}. ${whereToLook(event, task.taskArn)}`);
}

function whereToLook({ container }, taskArn) {
  const id = taskArn.split("/").at(-1);
  const group = process.env.TASK_LOG_GROUP;
  return `Its last lines are in log group ${group}, stream ${container}/${container}/${id}`;
}
