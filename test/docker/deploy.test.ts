import * as fs from "node:fs";
import * as path from "node:path";
import { Deployed, sandbox, succeed } from "../support/deployed";
import { copyProject } from "../support/project-copy";

const EXAMPLE = path.join(__dirname, "../../examples/lattice-policy-docker.yaml");
const CONTAINER = "docker:index/container:Container";
const NETWORK = "docker:index/network:Network";

let project: string;

/** The example with another version of the API. */
function withApi(version: string): string[] {
  const file = path.join(project, `docker-${version}.yaml`);
  fs.writeFileSync(file, fs.readFileSync(EXAMPLE, "utf8").replace("api: 0.1.0", `api: ${version}`));
  return ["--stack", "staging", "--config-file", file];
}

const up = (version: string, ...more: string[]) =>
  sandbox(project, "up", "--yes", "--skip-preview", ...withApi(version), ...more);

const stack = (): Deployed => Deployed.export(project, "staging");

const running = (deployed: Deployed) =>
  deployed.of(CONTAINER).filter(({ inputs }) => inputs["start"] !== false);

beforeAll(() => {
  project = copyProject();
  succeed(up("0.1.0"));
});
afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

describe("LatticePolicy on a simulated Docker host", () => {
  test("publishes nothing but the edge", () => {
    const published = stack()
      .of(CONTAINER)
      .filter(({ inputs }) => inputs["ports"]?.length > 0);
    expect(published.map(({ name }) => name)).toEqual(["edge-server"]);
  });

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

  test("lets only declared clients share a store's network", () => {
    const deployed = stack();
    const members = (store: string): string[] => {
      const network = deployed.one(NETWORK, `${store}-network`).outputs["name"] as string;
      return running(deployed)
        .filter(({ inputs }) =>
          (inputs["networksAdvanced"] ?? []).some(
            (each: { name: string }) => each.name === network,
          ),
        )
        .map(({ name }) => name.replace(/-[0-9a-f]{8}-\d+$/, ""))
        .sort();
    };
    expect(deployed.one(NETWORK, "db-network").inputs["internal"]).toBe(true);
    expect(members("db")).toEqual([
      "api",
      "db-backup",
      "db-bootstrap-run",
      "db-server",
      "migrate-run",
    ]);
    expect(members("cache")).toEqual(["api", "cache-server"]);
  });

  test("shows no secret in what `docker inspect` would show", () => {
    const open = Deployed.export(project, "staging", "--show-secrets");
    const shown = JSON.stringify(
      open.of(CONTAINER).map(({ inputs: { uploads: _uploads, ...inputs } }) => inputs),
    );
    const values = open
      .of("random:index/randomBytes:RandomBytes")
      .flatMap(({ outputs }) => [outputs["hex"], outputs["base64"]])
      .map((value: unknown) => {
        const plaintext = (value as { plaintext?: string }).plaintext;
        return plaintext === undefined ? String(value) : String(JSON.parse(plaintext));
      });
    expect(values.length).toBeGreaterThan(5);
    for (const value of values) expect(shown).not.toContain(value);
  });

  test("changes nothing when nothing changed", () => {
    const { output } = succeed(up("0.1.0"));
    expect(output).not.toMatch(/\d+ (created|updated|replaced|deleted)/);
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

  test("leaves the old version alone when the migration fails, until it is run again", () => {
    const replicas = (): string[] =>
      stack()
        .of(CONTAINER)
        .flatMap(({ name, id }) => (/^api-.*-1$/.test(name) ? [`${id}`] : []));
    const before = replicas();
    const exits = path.join(project, ".sandbox/cloud/docker-exits.json");
    fs.writeFileSync(exits, '{"migrate-run": 3}');
    const failed = up("0.1.2");
    fs.rmSync(exits);
    expect(failed.status).not.toBe(0);
    expect(failed.output).toContain("migrate ended with exit code 3");
    expect(replicas()).toEqual(before);
    expect(up("0.1.2").status).not.toBe(0);

    succeed(up("0.1.2", "--replace", stack().one(CONTAINER, "migrate-run").urn));
    expect(replicas()).not.toEqual(before);
  });

  test("is destroyed", () => {
    succeed(sandbox(project, "destroy", "--yes", ...withApi("0.1.2")));
    expect(stack().resources).toEqual([]);
  });
});
