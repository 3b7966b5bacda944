import fs from "node:fs";
import path from "node:path";
import yaml from "js-yaml";
import { Problems } from "../../components/errors";
import type { How } from "../../components/builder";
import type { Cloud } from "../../components/cloud";
import { loadPlatform } from "../../providers/load";
import { READERS } from "../clouds/readers";
import { Deployed, sandbox, succeed } from "../support/deployed";
import { copyProject } from "../support/project-copy";
import { stackFile } from "../support/stacks";
import { aws } from "./aws";
import { azure } from "./azure";
import { docker } from "./docker";
import type { CloudFacts } from "./facts";
import { gcp } from "./gcp";

const FACTS: Readonly<Record<Cloud, CloudFacts>> = { aws, azure, gcp, docker };

/** Longer than most names may be, so that every limit is met. */
const STACK = "a-production-stack-with-a-name-of-some-length";

/** Given by the operator; must never be readable anywhere. */
const PLANTED = "https://planted-4f1d9a7e2c@sentry.example.org/7";

/** What a description becomes on every cloud: the same components by the same names. */
const COMPONENTS = [
  ...["Alarms alarms", "ContainerService api", "ContainerService ui", "HttpsEdge edge"],
  ...["Image api-image", "Image postgres-client-image", "Image ui-image", "ManagedPostgres db"],
  ...["OneOffJob db-bootstrap", "OneOffJob migrate", "PrivateNetwork network"],
  ...["PrivateRedis cache", "SecretBundle secrets", "System lattice-policy"],
];

const WORKLOADS = ["api", "ui", "migrate", "db-bootstrap"];

/** The same promises, held against one deployment per cloud on the real engine. */
export function describeContract(cloud: Cloud): void {
  const facts = FACTS[cloud];
  describe(`The components' contract on ${cloud}`, () => {
    let project: string;
    let stack: Deployed;
    let said: string;

    const run = (command: string, ...args: string[]) =>
      sandbox(project, command, "--stack", STACK, ...args);

    beforeAll(() => {
      project = copyProject();
      const config = fs.readFileSync(stackFile("lattice-policy", cloud, "prod"), "utf8");
      fs.writeFileSync(path.join(project, `Pulumi.${STACK}.yaml`), config);
      succeed(sandbox(project, "stack", "init", STACK));
      const secret = ["--secret", "--path", "portolan:secrets.sentry-dsn", PLANTED];
      succeed(run("config", "set", ...secret));
      said = succeed(run("preview", "--diff")).output;
      said += succeed(run("up", "--yes", "--skip-preview", "--diff")).output;
      stack = Deployed.export(project, STACK, "--show-secrets");
    });
    afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

    test("every description becomes the same components", () => {
      const found = stack.resources
        .filter(({ type }) => type.startsWith("portolan:"))
        .map(({ type, name }) => `${type.replace("portolan:components:", "")} ${name}`);
      expect(found.sort()).toEqual(COMPONENTS);
    });

    test("resources descend from the component they belong to, with nothing in between", () => {
      const types = new Map(stack.resources.map(({ urn, type }) => [urn, type]));
      const astray = stack.resources
        .filter(({ type }) => !/^(pulumi|portolan):/.test(type))
        .filter(({ parent }) => !types.get(String(parent))?.startsWith("portolan:components:"));
      expect(astray.map(({ urn }) => urn)).toEqual([]);
    });

    test("outputs resolve", () => {
      const { outputs } = stack;
      expect(outputs).toMatchObject({ cloud, system: "lattice-policy" });
      expect(outputs["address"]).toMatch(/\w/);
      expect(Object.keys(outputs["images"] as object)).toEqual(["api", "postgres-client", "ui"]);
      for (const revision of Object.values(outputs["revisions"] as object)) {
        expect(revision).toMatch(/\w/);
      }
      for (const store of ["db", "cache"]) {
        const { host, port } = stack.component(store).outputs;
        expect([typeof host, port]).toEqual(["string", expect.any(Number)]);
      }
    });

    test("databases are encrypted, private, TLS-only, backed up and logged", () => {
      const { encryption, ...others } = facts.database(stack, "db");
      expect(others).toEqual({
        isPublic: false,
        onlyTls: true,
        onlyPassword: true,
        backupDays: 30,
        logDays: cloud === "docker" ? "by size" : 90,
      });
      // Nobody but the host can encrypt the host's disk, so the update says it.
      expect(encryption).toBe(cloud === "docker" ? "host's disk" : "own key");
      if (cloud === "docker") expect(said).toContain("as encrypted as the host's disk");
    });

    test("caches are encrypted, private and refuse clients without TLS or password", () => {
      const { encryption, ...others } = facts.cache(stack, "cache");
      expect(others).toEqual({ isPublic: false, onlyTls: true, onlyPassword: true });
      if (cloud !== "docker") expect(encryption).not.toBe("host's disk");
    });

    test.each(WORKLOADS)(
      "%s runs without root, unreachable from outside, with a log that ends",
      (workload) => {
        const { user, isPublic, logDays } = facts.workload(stack, workload);
        expect(user).toMatch(/^[1-9]\d*(:[1-9]\d*)?$/);
        expect(isPublic).toBe(false);
        expect(logDays).toBe(cloud === "docker" ? "by size" : 90);
      },
    );

    test("the edge takes HTTPS from 1.2 on, redirects the rest and has a firewall", () => {
      const { ports, ...others } = facts.edge(stack, "edge");
      expect([...ports].sort()).toEqual([443, 80]);
      expect(others).toEqual({ redirectsHttp: true, leastTls: "1.2", hasFirewall: true });
    });

    test("nobody is granted more than a cloud makes one grant", () => {
      expect(facts.wildcards(stack)).toEqual([]);
    });

    test("each workload reads its own secrets and no others", () => {
      const reader = READERS[cloud];
      for (const workload of WORKLOADS) {
        const { secrets, readable } = reader.workload(stack, workload);
        expect([workload, readable]).toEqual([
          workload,
          [...new Set(Object.values(secrets))].sort(),
        ]);
      }
    });

    test("names stay within their limits in a stack with a long name", () => {
      const tooLong = facts.limits.flatMap(({ type, property, max }) => {
        const found = stack.of(type);
        expect([type, found.length]).not.toEqual([type, 0]);
        return found
          .map(({ inputs }) => String(inputs[property]))
          .filter((name) => name === "undefined" || name.length > max);
      });
      expect(tooLong).toEqual([]);
    });

    test("a secret of the operator is readable nowhere: state, simulated cloud, config, output", () => {
      expect(Object.values(READERS[cloud].secrets(stack))).toContain(PLANTED);
      const needles = [PLANTED, Buffer.from(PLANTED).toString("base64").replace(/=+$/, "")];
      const root = path.join(project, ".sandbox");
      const files = fs
        .readdirSync(root, { recursive: true, encoding: "utf8" })
        .map((name) => path.join(root, name))
        .filter((file) => fs.statSync(file).isFile());
      expect(files.length).toBeGreaterThan(50);
      for (const needle of needles) {
        expect(said.includes(needle)).toBe(false);
        expect(files.filter((file) => fs.readFileSync(file, "latin1").includes(needle))).toEqual(
          [],
        );
      }
    });

    test("what the cloud cannot do is refused by name, before anything is registered", () => {
      const file = path.join(project, "refused.yaml");
      const content = yaml.load(
        fs.readFileSync(stackFile("lattice-policy", cloud, "staging"), "utf8"),
      ) as { config: object };
      fs.writeFileSync(file, yaml.dump({ config: { ...content.config, ...facts.refused.config } }));
      const { status, output } = sandbox(
        project,
        ...["preview", "--stack", "refused", "--config-file", file],
      );
      expect(status).not.toBe(0);
      expect(output).toMatch(facts.refused.sentence);
      expect(output).toContain("nothing was registered or changed");
    });

    test("a stack with resources does not move to another cloud", () => {
      const other = cloud === "gcp" ? "azure" : "gcp";
      const { status, output } = sandbox(
        project,
        ...["preview", "--stack", STACK],
        ...["--config-file", stackFile("lattice-policy", other, "prod")],
      );
      expect(status).not.toBe(0);
      expect(output).toContain(`this stack runs on ${cloud} and cannot move to ${other}`);
      expect(output).toContain("make a new stack");
    });

    test("every option that a builder calls unsupported is refused with its reason", async () => {
      const environment = {
        ...{ stack: STACK, system: "lattice-policy" },
        ...({ profile: "prod", protected: true } as const),
      };
      const platform = await loadPlatform(cloud, environment);
      const builders = Object.entries(platform).filter(
        (entry): entry is [string, Checkable] =>
          typeof entry[1] === "object" && "check" in entry[1],
      );
      expect(builders.length).toBeGreaterThanOrEqual(9);
      for (const [component, builder] of builders) {
        for (const [option, how] of Object.entries(builder.describe)) {
          if (typeof how === "string") continue;
          const problems = new Problems();
          try {
            builder.check({ [option]: { given: 1 } }, { environment, path: component, problems });
          } catch {
            // The rest of the description is missing; what is refused was said before.
          }
          expect(problems.all).toContainEqual({
            path: `${component}.${option}`,
            message: `${option} is not supported on ${cloud}: ${how.unsupported}`,
          });
        }
      }
    });
  });
}

/** A builder, whatever it builds. */
interface Checkable {
  readonly describe: Readonly<Record<string, How>>;
  check(spec: object, context: object): void;
}
