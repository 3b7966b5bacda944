import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FUNCTIONS = join(__dirname, "..", "..", "providers", "aws", "functions");

/** What a call of the fake SDK answers, by command, or `throws`; each is used once, the last one stays. */
export type Answers = Readonly<Record<string, readonly unknown[]>>;

export interface Outcome {
  readonly result?: Record<string, unknown>;
  readonly error?: string;
  /** Commands in the order they were sent, with their input. */
  readonly sent: readonly { readonly command: string; readonly input: Record<string, unknown> }[];
}

/** Stands for `@aws-sdk/client-*`, which Lambda's runtime has and this project has not. */
const SDK = `
const answers = JSON.parse(process.env.ANSWERS);
export const sent = [];
class Command { constructor(input) { this.input = input; } }
export class RunTaskCommand extends Command {}
export class ListTasksCommand extends Command {}
export class DescribeTasksCommand extends Command {}
export class DescribeServicesCommand extends Command {}
export class StopTaskCommand extends Command {}
export class GetAuthorizationTokenCommand extends Command {}
export class SendCommandCommand extends Command {}
export class GetCommandInvocationCommand extends Command {}
class Client {
  async send(command) {
    const name = command.constructor.name;
    sent.push({ command: name, input: command.input });
    const queue = answers[name] ?? [{}];
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    if (answer.throws) throw Object.assign(new Error(answer.throws), { name: answer.throws });
    return answer;
  }
}
export class ECSClient extends Client {}
export class ECRClient extends Client {}
export class SSMClient extends Client {}
`;

const MAIN = `
import { sent } from "@aws-sdk/client-ecs";
import { handler } from "./index.mjs";
const outcome = await handler(JSON.parse(process.env.EVENT), { awsRequestId: "request-1" }).then(
  (result) => ({ result }),
  (error) => ({ error: error.message }),
);
process.stdout.write(JSON.stringify({ ...outcome, sent }));
`;

/** Runs one function as Lambda would: the very file, in its own Node process. */
export async function invoke(file: string, event: unknown, answers: Answers): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "portolan-lambda-"));
  try {
    cpSync(join(FUNCTIONS, file), join(folder, "index.mjs"));
    writeFileSync(join(folder, "main.mjs"), MAIN);
    const sdk = join(folder, "node_modules", "@aws-sdk");
    for (const client of ["client-ecs", "client-ecr", "client-ssm"]) {
      mkdirSync(join(sdk, client), { recursive: true });
      const code = client === "client-ecs" ? SDK : 'export * from "@aws-sdk/client-ecs";';
      writeFileSync(join(sdk, client, "index.mjs"), code);
      const manifest = { name: `@aws-sdk/${client}`, type: "module", exports: "./index.mjs" };
      writeFileSync(join(sdk, client, "package.json"), JSON.stringify(manifest));
    }
    return JSON.parse(await run(folder, event, answers)) as Outcome;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(folder: string, event: unknown, answers: Answers): Promise<string> {
  const env = {
    PATH: process.env["PATH"],
    EVENT: JSON.stringify(event),
    ANSWERS: JSON.stringify(answers),
    TASK_LOG_GROUP: "/portolan/a/b/migrate",
  };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ["main.mjs"], { cwd: folder, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr));
      else resolve(stdout);
    });
  });
}
