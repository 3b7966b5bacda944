import path from "node:path";
import type Docker from "dockerode";
import { Unavailable } from "../setup/errors.js";
import type { Progress } from "../setup/progress.js";
import { baseOf, ensureBases } from "./bases";
import { followed, hasImage } from "./import";
import { recipeOf } from "./recipe";

const APPS = path.resolve(__dirname, "../../test/live/apps");

/** A version of a stand-in that goes wrong on purpose. */
export type Fault = "never-healthy" | "failing-migration";

export interface StandIn {
  /** Folder below `test/live/apps`, and name of the image. */
  readonly name: string;
  readonly version: string;
  readonly fault?: Fault;
}

/** What committed stacks and tests start with, and versions that go wrong on purpose. */
export const STAND_INS: readonly StandIn[] = [
  { name: "lattice-policy-api", version: "0.1.0" },
  { name: "lattice-policy-api", version: "0.1.1" },
  { name: "lattice-policy-api", version: "0.1.2-never-healthy", fault: "never-healthy" },
  { name: "lattice-policy-api", version: "0.1.3-failing-migration", fault: "failing-migration" },
  { name: "neuronetz-gateway", version: "0.1.0" },
  { name: "ollama", version: "0.1.0" },
  { name: "nginx-proxy", version: "0.1.0" },
  { name: "octoprox-manager", version: "1.0.0" },
  { name: "octoprox-manager", version: "1.0.1-never-healthy", fault: "never-healthy" },
  { name: "minio", version: "0.1.0" },
  { name: "rack-gateway", version: "0.1.0" },
  { name: "tailscale", version: "0.1.0" },
  { name: "mcp-gitfs", version: "1.0.0" },
  { name: "router", version: "0.1.0" },
  { name: "socket-filter", version: "0.1.0" },
  { name: "curl", version: "0.1.0" },
  { name: "rayray-api", version: "0.1.0" },
];

/**
 * Builds images of stand-in applications. An image of that name that is no stand-in is somebody's
 * real one: it stays as it is.
 */
export async function ensureStandIns(
  docker: Docker,
  wanted: readonly StandIn[],
  progress: Progress,
): Promise<void> {
  await ensureBases(docker, progress);
  for (const { name, version, fault } of wanted) {
    const reference = `${name}:${version}`;
    const recipe = recipeOf(path.join(APPS, "lib"), path.join(APPS, name), __filename);
    const labels = await labelsOf(docker, reference);
    if (labels && (labels["portolan.recipe"] === recipe || !labels["portolan.stand-in"])) continue;
    const step = progress.step(`Building the stand-in ${reference}`);
    const answer = await docker.buildImage(
      { context: APPS, src: ["lib", name] },
      {
        t: reference,
        dockerfile: `${name}/Dockerfile`,
        buildargs: { VERSION: version, FAULT: fault ?? "" },
        labels: { "portolan.recipe": recipe },
        forcerm: true,
      },
    );
    await followed(docker, answer);
    step.done();
  }
}

/** Runs a container of a base: an engine that answers may still not be allowed to run any. */
export async function proveEngine(docker: Docker, progress: Progress): Promise<void> {
  await ensureBases(docker, progress, ["node"]);
  const Cmd = ["node", "--version"];
  const container = await docker.createContainer({ Image: baseOf("node"), Cmd });
  try {
    await container.start();
    const { StatusCode } = await container.wait();
    if (StatusCode !== 0) throw new Error(`node ended with ${StatusCode}`);
  } catch (error) {
    throw new Unavailable(`The Docker engine cannot run a container: ${String(error)}`);
  } finally {
    await container.remove({ force: true });
  }
}

async function labelsOf(
  docker: Docker,
  reference: string,
): Promise<Record<string, string> | undefined> {
  if (!(await hasImage(docker, reference))) return undefined;
  return (await docker.getImage(reference).inspect()).Config.Labels ?? {};
}
