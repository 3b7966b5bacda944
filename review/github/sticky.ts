import type { GitHub } from "./client";

interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly login: string } | null;
}

interface Issue extends Comment {
  readonly number: number;
  readonly pull_request?: unknown;
}

/** Hidden in the text, so that the next run finds what this one wrote. */
const marker = (name: string): string => `<!-- portolan:${name} -->`;

/** Writes a pull request's one comment of a name: made once, then kept up to date, wherever it stands. */
export async function stickyComment(
  github: GitHub,
  pullRequest: number,
  name: string,
  text: string,
  author: string,
): Promise<"created" | "updated" | "unchanged"> {
  const body = `${marker(name)}\n${text}`;
  const comments = await github.list<Comment>(`/issues/${pullRequest}/comments`);
  const own = comments.find((each) => each.user?.login === author && isOf(each.body, name));
  if (own === undefined) {
    await github.send("POST", `/issues/${pullRequest}/comments`, { body });
    return "created";
  }
  if (own.body === body) return "unchanged";
  await github.send("PATCH", `/issues/comments/${own.id}`, { body });
  return "updated";
}

/** Keeps one open issue of a name: opened when there is something to say, closed when there is not. */
export async function stickyIssue(
  github: GitHub,
  name: string,
  title: string,
  text: string | undefined,
): Promise<"created" | "updated" | "closed" | "unchanged"> {
  const open = await github.list<Issue>("/issues?state=open&labels=portolan");
  const own = open.find((each) => each.pull_request === undefined && isOf(each.body, name));
  if (text === undefined) {
    if (own === undefined) return "unchanged";
    await github.send("PATCH", `/issues/${own.number}`, { state: "closed" });
    return "closed";
  }
  const body = `${marker(name)}\n${text}`;
  if (own === undefined) {
    await github.send("POST", "/issues", { title, body, labels: ["portolan"] });
    return "created";
  }
  if (own.body === body) return "unchanged";
  await github.send("PATCH", `/issues/${own.number}`, { title, body });
  return "updated";
}

const isOf = (body: string | undefined, name: string): boolean =>
  body?.startsWith(marker(name)) === true;
