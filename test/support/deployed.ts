import { spawnSync } from "node:child_process";
import path from "node:path";

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
  const run = spawnSync(path.join(project, "bin/sandbox"), args, {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status: run.status, output: run.stdout + run.stderr };
}

/** Fails with the output, which says more than the exit code. */
export function succeed(run: Run): Run {
  if (run.status !== 0) throw new Error(`exit code ${run.status}:\n${run.output.slice(-6000)}`);
  return run;
}

/** A stack as it stands in the state after an update. */
export class Deployed {
  readonly resources: readonly DeployedResource[];
  readonly outputs: Properties;

  constructor(exported: string) {
    const { deployment } = JSON.parse(exported) as { deployment: { resources?: Properties[] } };
    // A destroyed stack has none, not an empty list.
    this.resources = (deployment.resources ?? []).map((resource) => {
      const { urn, type, id, parent, protect } = resource as DeployedResource;
      return {
        ...{ urn, type, id, parent, protect },
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
