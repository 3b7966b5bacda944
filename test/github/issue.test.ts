import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { issue } from "../../review/github/issue";
import { FakeGitHub } from "./fake-github";

let github: FakeGitHub;
let folder: string;
beforeEach(async () => {
  github = await FakeGitHub.start();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "github-issue-"));
});
afterEach(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await github.stop();
});

const keep = (): Promise<string> =>
  issue(
    [
      ...["drift-prod", "Drift in prod"],
      ...["drift.txt", "policies.txt"].map((name) => path.join(folder, name)),
    ],
    {
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_TOKEN: "token",
      GITHUB_API_URL: github.address,
    },
  );

test("drift opens one issue with the end of a long text, and its end closes it", async () => {
  const file = path.join(folder, "drift.txt");
  fs.writeFileSync(file, `${"x".repeat(80_000)}\n\`\`\`\n1 to update`);
  expect(await keep()).toBe("issue drift-prod: created");
  const [first] = github.issues;
  expect(first?.body.length).toBeLessThan(65_536);
  expect(first?.body).toContain("1 to update");
  expect(first?.body.match(/```/g)).toHaveLength(2);
  fs.rmSync(file);
  expect(await keep()).toBe("issue drift-prod: closed");
  expect(await keep()).toBe("issue drift-prod: unchanged");
});

test("without a name or a token it says what is missing", async () => {
  await expect(issue([], {})).rejects.toThrow(
    /a name, a title, GITHUB_REPOSITORY and GITHUB_TOKEN/,
  );
});
