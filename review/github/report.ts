import { appendFileSync, readFileSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../input/problem";
import { toMarkdown } from "../plan-diff/output/markdown";
import { checkSarif, readPlanDiff } from "./artefact";
import { GitHub } from "./client";
import { stickyComment } from "./sticky";

/** What a workflow hands to its steps. */
export interface Environment {
  readonly GITHUB_EVENT_PATH?: string;
  readonly GITHUB_REPOSITORY?: string;
  readonly GITHUB_TOKEN?: string;
  readonly GITHUB_API_URL?: string;
  readonly GITHUB_OUTPUT?: string;
}

const workflowRun = z.object({
  workflow_run: z.object({
    id: z.number(),
    event: z.string(),
    conclusion: z.string().nullable(),
    head_sha: z.string().regex(/^[0-9a-f]{40}$/),
    html_url: z.url(),
  }),
});

interface PullRequest {
  readonly number: number;
  readonly head: { readonly sha: string };
}

/** Who comments with a workflow's own token. */
const AUTHOR = "github-actions[bot]";

/**
 * Posts the plan of a pull request, forks included. It runs with the right to comment and therefore uses
 * nothing of the pull request but data: the number comes from GitHub, by the commit that was checked.
 * Returns what was done, in words.
 */
export async function report(folder: string, env: Environment): Promise<string> {
  const { GITHUB_EVENT_PATH: path, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = env;
  if (!path || !repository || !token) {
    throw new InputError(
      "GITHUB_EVENT_PATH, GITHUB_REPOSITORY and GITHUB_TOKEN are needed; this runs in a workflow on workflow_run.",
    );
  }
  const event = workflowRun.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!event.success) throw new InputError(`${path}: is not the event of a workflow_run.`);
  const { head_sha: sha, html_url: run, conclusion, event: cause } = event.data.workflow_run;
  if (cause !== "pull_request") return `nothing to report: the run was caused by ${cause}`;

  const github = new GitHub(repository, token, env.GITHUB_API_URL);
  const found = await github.list<PullRequest>("/pulls?state=open");
  const pullRequest = found.find(({ head }) => head.sha === sha);
  if (pullRequest === undefined) return `nothing to report: no open pull request is at ${sha}`;

  const text = textOf(folder, conclusion ?? "no conclusion", run);
  // Findings of a fork's commit belong to the pull request; its branch does not exist here.
  if (env.GITHUB_OUTPUT) {
    appendFileSync(env.GITHUB_OUTPUT, `ref=refs/pull/${pullRequest.number}/head\n`);
  }
  const done = await stickyComment(github, pullRequest.number, "plan-diff", text, AUTHOR);
  return `comment of pull request ${pullRequest.number}: ${done}`;
}

/** A run that failed says so in the same place: silence is what a reviewer must not get. */
function textOf(folder: string, conclusion: string, run: string): string {
  const link = `[run](${run})`;
  try {
    const { base, head, stacks } = readPlanDiff(folder);
    checkSarif(folder);
    return `${toMarkdown(base, head, stacks)}\nThe checks ended with **${conclusion}**: ${link}.\n`;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `### There is no plan of this change\n\nThe checks ended with **${conclusion}** before it was made, or what they left cannot be used: ${link}.\n`;
  }
}
