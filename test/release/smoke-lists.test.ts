import path from "node:path";
import { smokePlan } from "../../release/smoke-lists";
import { StackFile } from "../../release/stack-file";
import { CLOUDS } from "../../components/cloud";
import { SYSTEM_NAMES } from "../../systems/load";
import { ROOT } from "../docs/markdown";
import { STAGES, stackFile } from "../support/stacks";
import fs from "node:fs";
import os from "node:os";

let scratch: string;
beforeAll(() => (scratch = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-smoke-"))));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const stacks = SYSTEM_NAMES.flatMap((system) =>
  CLOUDS.flatMap((cloud) => STAGES.map((stage) => [system, cloud, stage] as const)),
);

test.each(stacks)("%s on %s, %s: every request goes to a host of the edge", async (...names) => {
  const file = new StackFile(scratch, names.join("-"), stackFile(...names));
  const { requests, edgeHeaders } = await smokePlan(file, names[2]);
  expect(requests.length).toBeGreaterThan(1);
  for (const { host, service, path: at } of requests) {
    expect(host).toMatch(/^[a-z-]+\.[a-z0-9.-]+$/);
    expect(edgeHeaders).toHaveProperty([service]);
    expect(at).toMatch(/^\//);
  }
});

test("a stack adds requests of its own", async () => {
  const own = path.join(scratch, "own.yaml");
  const text = fs.readFileSync(path.join(ROOT, "examples/lattice-policy-gcp.yaml"), "utf8");
  const login = `
  release:smoke:
    - { shows: login works, service: api, path: /auth/login, method: POST, status: 200, body: token, needs: [X] }
`;
  fs.writeFileSync(own, `${text.trimEnd()}${login}`);
  const { requests } = await smokePlan(new StackFile(scratch, "own", own), "own");
  expect(requests.at(-1)).toMatchObject({ shows: "login works", body: /token/, needs: ["X"] });
  fs.writeFileSync(own, `${text.trimEnd()}${login.replace("service: api", "service: shop")}`);
  await expect(smokePlan(new StackFile(scratch, "own", own), "own")).rejects.toThrow(
    'release:smoke: the edge of lattice-policy leads to no "shop"',
  );
});
