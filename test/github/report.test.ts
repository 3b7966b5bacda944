import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { report } from "../../review/github/report";
import { GitHub } from "../../review/github/client";
import { stickyIssue } from "../../review/github/sticky";
import { FakeGitHub } from "./fake-github";

const SHA = "8f3f1c2d4b5a69788796a5b4c3d2e1f001122334";
const DIFF = {
  base: "origin/main (1234567)",
  head: "working files",
  stacks: [
    {
      stack: "prod",
      errors: [],
      changes: [
        {
          kind: "replaced",
          urn: "urn:db",
          type: "aws:rds/instance:Instance",
          name: "db",
          data: true,
          properties: [{ path: "dbName", before: "a", after: "@everyone", replaces: true }],
        },
      ],
      unchanged: 10,
      findings: { added: [], removed: [] },
      connections: { added: [], removed: [] },
      inventory: [],
    },
  ],
};

let github: FakeGitHub;
let folder: string;

beforeEach(async () => {
  github = await FakeGitHub.start();
  github.pulls = [{ number: 7, head: { sha: SHA } }];
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "github-report-"));
  write("plan-diff.json", JSON.stringify(DIFF));
});
afterEach(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await github.stop();
});

const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);

/** The event as GitHub sends it when the check of a fork's pull request has ended. */
function run(changes: Record<string, unknown> = {}): Promise<string> {
  const event = JSON.parse(fs.readFileSync(path.join(__dirname, "workflow-run.json"), "utf8")) as {
    workflow_run: object;
  };
  write(
    "event.json",
    JSON.stringify({ ...event, workflow_run: { ...event.workflow_run, ...changes } }),
  );
  return report(folder, {
    GITHUB_EVENT_PATH: path.join(folder, "event.json"),
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_TOKEN: "token",
    GITHUB_API_URL: github.address,
    GITHUB_OUTPUT: path.join(folder, "output"),
  });
}

test("a fork's plan becomes one comment, which the next run updates", async () => {
  for (let id = 1; id <= 150; id++) {
    github.comments.push({ id, body: "words", user: { login: "somebody" } });
  }
  expect(await run()).toBe("comment of pull request 7: created");
  expect(await run()).toBe("comment of pull request 7: unchanged");
  expect(await run({ conclusion: "failure" })).toBe("comment of pull request 7: updated");
  const own = github.comments.filter(({ user }) => user.login === "github-actions[bot]");
  expect(own).toHaveLength(1);
  expect(own[0]?.body).toContain("**REPLACED, WITH ITS DATA** `db`");
  expect(own[0]?.body).toContain("The checks ended with **failure**");
  expect(fs.readFileSync(path.join(folder, "output"), "utf8")).toContain("ref=refs/pull/7/head\n");
});

test("somebody else's comment with the marker is not taken for the own", async () => {
  github.comments.push({ id: 1, body: "<!-- portolan:plan-diff -->", user: { login: "mallory" } });
  expect(await run()).toBe("comment of pull request 7: created");
  expect(github.comments[0]?.body).toBe("<!-- portolan:plan-diff -->");
});

test.each<[string, () => void]>([
  ["no artefact", () => fs.rmSync(path.join(folder, "plan-diff.json"))],
  ["no JSON", () => write("plan-diff.json", "# look, a heading @everyone")],
  ["another shape", () => write("plan-diff.json", '{"base":"<img>","head":"x","stacks":[{}]}')],
  ["a file that is too large", () => write("plan-diff.json", " ".repeat(9 * 1024 * 1024))],
  [
    "foreign SARIF",
    () => write("review.sarif", '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}}}]}'),
  ],
])(
  "%s: the comment says that there is no plan, and nothing of it is posted",
  async (_name, spoil) => {
    spoil();
    expect(await run({ conclusion: "failure" })).toBe("comment of pull request 7: created");
    expect(github.comments[0]?.body).toMatch(/There is no plan of this change/);
    expect(github.comments[0]?.body).not.toMatch(/heading|everyone|<img>/);
  },
);

test("a run that is of no open pull request is not reported", async () => {
  github.pulls = [{ number: 8, head: { sha: SHA.replace("8", "9") } }];
  expect(await run()).toMatch(/^nothing to report: no open pull request/);
  expect(await run({ event: "push" })).toMatch(/^nothing to report: the run was caused by push/);
  expect(github.calls.filter((call) => !call.startsWith("GET"))).toEqual([]);
});

test("an error of GitHub's is said with the call", async () => {
  const client = new GitHub("acme/other", "token", github.address);
  await expect(client.send("GET", "/pulls")).rejects.toThrow(/GitHub answered 404 to GET \/pulls/);
});

test("one issue is kept while there is drift, and closed when it is gone", async () => {
  const client = new GitHub("acme/shop", "token", github.address);
  const say = (text?: string) => stickyIssue(client, "drift-prod", "Drift in prod", text);
  expect(await say("a")).toBe("created");
  expect(await say("a")).toBe("unchanged");
  expect(await say("b")).toBe("updated");
  expect(await say()).toBe("closed");
  expect(await say()).toBe("unchanged");
  expect(github.issues).toHaveLength(1);
});
