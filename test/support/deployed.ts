import { spawnSync } from "node:child_process";
import path from "node:path";

const COMPONENTS = "portolan:components:";

/** Marks an encrypted value in an exported state. */
export const SECRET_MARK = "4dabf18193072939515e22adb298388d";

// The properties of cloud resources have no types in an exported state.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Properties = Record<string, any>;

export interface DeployedResource {
  readonly urn: string;
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly id?: string;
  readonly parent?: string;
  readonly protect?: boolean;
  /** A destroy leaves it where it is. */
  readonly retainOnDelete?: boolean;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** What one run of the sandbox's command line gave. */
export interface Run {
  readonly status: number | null;
  readonly output: string;
}

/** Runs `bin/sandbox` in a copy of the project, as a person would. */
export function sandbox(project: string, ...args: string[]): Run {
  return sandboxWith({}, project, ...args);
}

/** The same, with more in its environment. */
export function sandboxWith(
  env: Readonly<Record<string, string>>,
  project: string,
  ...args: string[]
): Run {
  const run = spawnSync(path.join(project, "bin/sandbox"), args, {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: "1", ...env },
  });
  return { status: run.status, output: run.stdout + run.stderr };
}

/** Fails with the output, which says more than the exit code. */
export function succeed(run: Run): Run {
  if (run.status !== 0) throw new Error(`exit code ${run.status}:\n${run.output.slice(-6000)}`);
  return run;
}

/** The value behind a secret of a stack that was exported with `--show-secrets`, or the value itself. */
export function revealed(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(SECRET_MARK in value)) return value;
  const { plaintext } = value as { plaintext?: string };
  if (plaintext === undefined) throw new Error("the stack was exported without its secrets");
  return JSON.parse(plaintext);
}

/** A stack as it stands in the state after an update. */
export class Deployed {
  /** The export itself. */
  readonly text: string;
  readonly resources: readonly DeployedResource[];
  readonly outputs: Properties;

  constructor(exported: string) {
    this.text = exported;
    const { deployment } = JSON.parse(exported) as { deployment: { resources?: Properties[] } };
    // A destroyed stack has none, not an empty list.
    this.resources = (deployment.resources ?? []).map((resource) => {
      const { urn, type, id, parent, protect, retainOnDelete } = resource as DeployedResource;
      return {
        ...{ urn, type, id, parent, protect, retainOnDelete },
        name: urn.slice(urn.lastIndexOf("::") + 2),
        inputs: (resource["inputs"] ?? {}) as Properties,
        outputs: (resource["outputs"] ?? {}) as Properties,
        dependencies: (resource["dependencies"] ?? []) as string[],
        propertyDependencies: (resource["propertyDependencies"] ?? {}) as Record<string, string[]>,
      };
    });
    this.outputs = this.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  }

  static export(project: string, stack: string, ...flags: string[]): Deployed {
    const args = ["stack", "export", "--stack", stack, ...flags];
    return new Deployed(succeed(sandbox(project, ...args)).output);
  }

  of(type: string): DeployedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The one resource of a type, or of a type and a name; anything else is a failed expectation. */
  one(type: string, name?: string): DeployedResource {
    const found = this.of(type).filter((resource) => name === undefined || resource.name === name);
    const [first] = found;
    if (!first || found.length > 1) {
      throw new Error(
        `${found.length} resources of ${type}${name ? ` called ${name}` : ""}, not 1`,
      );
    }
    return first;
  }

  /** The component of a name: `api`, `db`, `edge`. */
  component(name: string): DeployedResource {
    const found = this.resources.find(
      (each) => each.name === name && each.type.startsWith(COMPONENTS),
    );
    if (!found) throw new Error(`there is no component "${name}"`);
    return found;
  }

  /** Names of the components of a kind, e.g. `ContainerService`. */
  components(kind: string): string[] {
    return this.of(`${COMPONENTS}${kind}`).map(({ name }) => name);
  }

  /** What a component consists of, in the order it was made; of one type where a type is given. */
  within(component: string, type?: string): DeployedResource[] {
    const { urn } = this.component(component);
    const parents = new Map(this.resources.map((each) => [each.urn, each.parent]));
    const isBelow = (each: string | undefined): boolean =>
      each !== undefined && (each === urn || isBelow(parents.get(each)));
    return this.resources.filter(
      (each) => isBelow(each.parent) && (type === undefined || each.type === type),
    );
  }

  /** Everything that must be complete before a resource: by reference, dependsOn or parent. */
  closure(resource: DeployedResource): Set<string> {
    const byUrn = new Map(this.resources.map((each) => [each.urn, each]));
    const seen = new Set<string>();
    const queue = [resource.urn];
    for (let urn = queue.pop(); urn !== undefined; urn = queue.pop()) {
      const next = byUrn.get(urn);
      const needed = [
        ...(next?.dependencies ?? []),
        ...Object.values(next?.propertyDependencies ?? {}).flat(),
      ];
      for (const before of needed.filter((each) => !seen.has(each))) {
        seen.add(before);
        queue.push(before);
      }
    }
    return seen;
  }
}
