import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { countBy, readEvents } from "./events";
import { ROOT } from "./places";
import type { Program } from "./programs";
import type { Result, Step } from "./result";
import { settingsOf } from "./settings";
import { untabled } from "./tables";

const STACK = "dev";

/** The pack says what it finds and stops nobody. */
const ADVISORY = JSON.stringify({ all: "advisory" });

/** Runs a program in a sandbox of its own, on a copy: preview, update, a second update that changes nothing, destroy. */
export async function tryProgram(program: Program): Promise<Result> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-compatibility-"));
  try {
    return await new Trial(program, folder).run();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

class Trial {
  private readonly program: Program;
  private readonly project: string;
  private readonly log: string;
  private readonly packConfig: string;

  constructor(program: Program, folder: string) {
    this.program = program;
    this.log = path.join(folder, "events.json");
    this.packConfig = path.join(folder, "advisory.json");
    fs.writeFileSync(this.packConfig, ADVISORY);
    const copy = path.join(folder, path.basename(program.example));
    fs.cpSync(program.example, copy, {
      recursive: true,
      filter: (file) => path.basename(file) !== "node_modules",
    });
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(copy, "node_modules"));
    this.project = path.join(copy, program.inside);
    this.name();
  }

  async run(): Promise<Result> {
    const { name, writtenFor } = this.program;
    const about = { name, ...(writtenFor.length > 0 && { writtenFor }) };
    const yes = ["--yes", "--skip-preview"];
    const pack = ["--policy-pack-config", this.packConfig];
    this.configure();
    const preview = this.command("preview", "preview", ...pack);
    if (preview.failed) return { ...about, failed: preview.failed };
    const up = this.command("up", "up", ...yes, ...pack);
    if (up.failed) return { ...about, failed: up.failed };
    const resources = this.resources();
    const seen = { ...about, resources, untabled: await untabled(Object.keys(resources)) };
    const findings = countBy(up.events.flatMap(({ policyEvent }) => policyEvent?.policyName ?? []));
    const again = this.command("second up", "up", ...yes, "--no-policy", "--expect-no-changes");
    if (again.failed) return { ...seen, findings, failed: again.failed };
    const destroy = this.command("destroy", "destroy", ...yes);
    return { ...seen, findings, ...(destroy.failed && { failed: destroy.failed }) };
  }

  /** A template's project gets its name when somebody makes it. */
  private name(): void {
    const file = path.join(this.project, "Pulumi.yaml");
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, text.replace("${PROJECT}", path.basename(this.project)));
  }

  /** The program's own stack files are for other accounts; what it asks for is answered here. */
  private configure(): void {
    const values = Object.entries(settingsOf(this.program)).flatMap(([key, value]) => {
      const isSecret = this.program.template[key]?.secret === true;
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return [isSecret ? "--secret" : "--plaintext", `${key}=${text}`];
    });
    this.sandbox("stack", "init", STACK);
    if (values.length > 0) this.sandbox("config", "set-all", "--stack", STACK, ...values);
  }

  private command(step: Step, ...args: string[]) {
    fs.rmSync(this.log, { force: true });
    const run = this.sandbox(...args, "--stack", STACK, "--event-log", this.log);
    const events = readEvents(this.log);
    if (run.status === 0) return { events };
    const errors = events.flatMap(({ diagnosticEvent: each }) =>
      each?.severity === "error" ? [each.message] : [],
    );
    const said = (errors.length > 0 ? errors : [run.stderr || run.stdout])
      .map((text) => this.essence(text))
      .filter((text) => text !== "update failed");
    return { failed: { step, said: [...new Set(said)] }, events };
  }

  /** What is said before the stack trace, without colours and without places of this machine. */
  private essence(text: string): string {
    const [said = ""] = text
      .replace(/<\{%[^%]*%\}>/g, "")
      .replaceAll(path.dirname(this.log), "")
      .replaceAll(ROOT, "")
      .replace(/^Running program .*$/m, "")
      .split(/\n\s+at /);
    return said
      .replace(/<ref \*\d+> /, "")
      .replace(/\s+/g, " ")
      .trim();
  }

  private resources(): Record<string, number> {
    const { stdout } = this.sandbox("stack", "export", "--stack", STACK);
    const { deployment } = JSON.parse(stdout) as {
      deployment: { resources?: { type: string; custom?: boolean }[] };
    };
    const types = (deployment.resources ?? [])
      .filter(({ type, custom }) => custom === true && !type.startsWith("pulumi:"))
      .map(({ type }) => type);
    return countBy(types);
  }

  private sandbox(...args: string[]) {
    return spawnSync(path.join(ROOT, "bin/sandbox"), [...args, "-C", this.project], {
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      env: {
        ...process.env,
        NO_COLOR: "1",
        AWS_REGION: "us-west-2", // providers that a program makes itself read no configuration
        PULUMI_DEBUG_COMMANDS: "true", // the option for the event log
        PULUMI_NODEJS_TRANSPILE_ONLY: "true", // their types are not what is tried here
      },
    });
  }
}
