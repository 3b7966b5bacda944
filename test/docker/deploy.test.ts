import * as fs from "node:fs";
import * as path from "node:path";
import { Deployed, sandbox, succeed } from "../support/deployed";
import { copyProject } from "../support/project-copy";

const EXAMPLE = path.join(__dirname, "../../examples/lattice-policy-docker.yaml");
const CONTAINER = "docker:index/container:Container";

const CHANGES = /\d+ (created|updated|replaced|deleted)/;

let project: string;

/** The example with another version of the API. */
function withApi(version: string): string[] {
  const file = path.join(project, `docker-${version}.yaml`);
  fs.writeFileSync(file, fs.readFileSync(EXAMPLE, "utf8").replace("api: 0.1.0", `api: ${version}`));
  return ["--stack", "staging", "--config-file", file];
}

const up = (version: string, ...more: string[]) =>
  sandbox(project, "up", "--yes", "--skip-preview", ...withApi(version), ...more);

/** An update during which containers, by their logical names, end with other exit codes. */
function upWithExits(version: string, exits: Record<string, number>) {
  const file = path.join(project, ".sandbox/cloud/docker-exits.json");
  fs.writeFileSync(file, JSON.stringify(exits));
  const run = up(version);
  fs.rmSync(file);
  return run;
}

const stack = (): Deployed => Deployed.export(project, "staging");

const running = (deployed: Deployed) =>
  deployed.of(CONTAINER).filter(({ inputs }) => inputs["start"] !== false);

/** Ids of the API's first replica, one per version that runs. */
const replicas = (): string[] =>
  stack()
    .of(CONTAINER)
    .flatMap(({ name, id }) => (/^api-.*-1$/.test(name) ? [`${id}`] : []));

beforeAll(() => {
  project = copyProject();
  succeed(up("0.1.0"));
});
afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

describe("LatticePolicy on a simulated Docker host", () => {
  test("runs every container without root, privileges and a writable root", () => {
    const containers = running(stack());
    expect(containers.length).toBeGreaterThan(5);
    for (const { name, inputs } of containers) {
      expect([name, inputs["readOnly"], inputs["capabilities"]?.drops]).toEqual([
        name,
        true,
        ["ALL"],
      ]);
      expect([name, inputs["user"]]).toEqual([name, expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/)]);
      expect(inputs["securityOpts"]).toContain("no-new-privileges:true");
      expect(inputs["uploads"]).toBeUndefined();
    }
  });

  test("makes a release beside the old one, after the migration, and touches no store", () => {
    const before = stack();
    const { output } = succeed(up("0.1.1"));
    const at = (pattern: RegExp): number => output.search(pattern);
    expect(at(/migrate-run created replacement/)).toBeLessThan(at(/api-[0-9a-f]{8}-1 created/));
    expect(at(/api-[0-9a-f]{8}-1 created/)).toBeLessThan(at(/edge-routes created replacement/));
    expect(at(/edge-routes created replacement/)).toBeLessThan(at(/api-[0-9a-f]{8}-1 deleted/));
    for (const store of ["db-server", "cache-server", "edge-server"]) {
      expect(stack().one(CONTAINER, store).id).toBe(before.one(CONTAINER, store).id);
    }
  });

  test("leaves the old version alone when the migration fails, and runs it anew afterwards", () => {
    const before = replicas();
    for (let attempt = 0; attempt < 2; attempt++) {
      const failed = upWithExits("0.1.2", { "migrate-run": 3 });
      expect(failed.status).not.toBe(0);
      expect(failed.output).toContain("migrate-run ended with exit code 3");
      expect(replicas()).toEqual(before);
    }
    succeed(up("0.1.2"));
    expect(replicas()).not.toEqual(before);
    expect(succeed(up("0.1.2")).output).not.toMatch(CHANGES);
  });

  test("routes a release anew whose replicas did not answer", () => {
    const before = stack().one(CONTAINER, "edge-routes").id;
    const failed = upWithExits("0.1.3", { "edge-routes": 1 });
    expect(failed.output).toContain("edge-routes ended with exit code 1");
    // The release runs beside the old one, which the edge still leads to.
    expect(replicas()).toHaveLength(2);
    succeed(up("0.1.3"));
    expect(replicas()).toHaveLength(1);
    expect(stack().one(CONTAINER, "edge-routes").id).not.toBe(before);
  });
});
