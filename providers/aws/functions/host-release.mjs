// Runs in AWS Lambda, inside `pulumi up`. Has a Docker host carry out its release document and waits
// for the end; fails with the last lines of what the host said.
//
// Payload: {instance, document, timeoutSeconds}
// Result:  {instance, commandId, output}
import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from "@aws-sdk/client-ssm";

const PAUSE_MS = 5_000;

const ENDED = ["Success", "Failed", "TimedOut", "Cancelled"];

/** @param {{ instance: string, document: string, timeoutSeconds: number }} event */
export async function handler(event, _context, ssm = new SSMClient({}), pauseMs = PAUSE_MS) {
  const deadline = Date.now() + event.timeoutSeconds * 1000;
  const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs));
  const commandId = await send(ssm, event, deadline, pause);
  for (;;) {
    const run = await look(ssm, event.instance, commandId);
    if (ENDED.includes(run.Status)) return verdict(event, commandId, run);
    if (Date.now() > deadline) {
      throw new Error(
        `the host ${event.instance} was not done after ${event.timeoutSeconds} seconds; it goes on: ` +
          `see command ${commandId} in Systems Manager`,
      );
    }
    await pause();
  }
}

/** A machine that is starting is not known to Systems Manager yet. */
async function send(ssm, event, deadline, pause) {
  for (;;) {
    try {
      const { Command } = await ssm.send(
        new SendCommandCommand({
          DocumentName: event.document,
          InstanceIds: [event.instance],
          TimeoutSeconds: 600,
        }),
      );
      return Command.CommandId;
    } catch (error) {
      if (error.name !== "InvalidInstanceId") throw error;
      if (Date.now() > deadline) {
        throw new Error(
          `the host ${event.instance} did not report to Systems Manager in ${event.timeoutSeconds} ` +
            "seconds: is it running, and does it reach the endpoints?",
          { cause: error },
        );
      }
      await pause();
    }
  }
}

/** A command that was just sent may not be found for a moment. */
async function look(ssm, InstanceId, CommandId) {
  try {
    return await ssm.send(new GetCommandInvocationCommand({ InstanceId, CommandId }));
  } catch (error) {
    if (error.name === "InvocationDoesNotExist") return { Status: "Pending" };
    throw error;
  }
}

function verdict({ instance }, commandId, run) {
  const output = lastLines(run.StandardOutputContent);
  if (run.Status === "Success") return { instance, commandId, output };
  throw new Error(
    `the release on ${instance} ended as ${run.StatusDetails ?? run.Status}: ` +
      `${output}\n${lastLines(run.StandardErrorContent)}`.trim(),
  );
}

const lastLines = (text = "") => text.trim().split("\n").slice(-15).join("\n");
