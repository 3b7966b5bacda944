import { answerOf } from "./answers";
import { Refusal, type StandIn } from "./stand-in";

/** Programs that `bin/sandbox exec` puts on PATH, each with what it answers. */
const PROGRAMS: Record<string, () => Promise<{ standIn: StandIn }>> = {
  aws: () => import("./aws"),
  az: () => import("./az"),
  docker: () => import("./docker"),
  gcloud: () => import("./gcloud"),
  syft: () => import("./syft"),
};

/** Entry of every stand-in: `main.js gcloud run services describe …`. */
async function main([program = "", ...args]: readonly string[]): Promise<number> {
  const load = PROGRAMS[program];
  if (!load) throw new Error(`there is no stand-in for ${program}`);
  if (args.includes("--version")) {
    process.stdout.write(`${program}, simulated by Portolan's sandbox\n`);
    return 0;
  }
  const { standIn } = await load();
  try {
    const answer = answerOf(standIn, args);
    process.stdout.write(
      typeof answer === "string" ? answer : `${JSON.stringify(answer, null, 2)}\n`,
    );
    process.stderr.write(`${program}: a simulated answer\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message} (simulated)\n`);
    return error.code;
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 70;
  },
);
