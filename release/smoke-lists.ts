import type { Environment } from "../components/cloud";
import { Problems } from "../components/errors";
import type { SystemSpec } from "../components/system";
import { stackSchema, type StackConfig } from "../config/schema";
import { loadSystem } from "../systems/load";
import { UsageError } from "./error";
import { ownRequests } from "./smoke-config";
import type { SmokeList, SmokeRequest } from "./smoke";
import type { StackFile } from "./stack-file";

/** One dynamic import per system. */
const LISTS: Record<string, () => Promise<{ smoke: SmokeList<never> }>> = {
  "lattice-policy": () => import("../systems/lattice-policy/smoke"),
  "neuronetz-gateway": () => import("../systems/neuronetz-gateway/smoke"),
  octoprox: () => import("../systems/octoprox/smoke"),
  "rack-gateway": () => import("../systems/rack-gateway/smoke"),
  rayray: () => import("../systems/rayray/smoke"),
};

/** What is asked of candidates, and the headers that the edge adds to every answer of a service. */
export interface SmokePlan {
  readonly requests: readonly SmokeRequest[];
  /** By service; checked where the way to the candidate leads through the edge. */
  readonly edgeHeaders: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The system's own list and the stack's `release:smoke`, made for this stack. */
export async function smokePlan(file: StackFile, stack: string): Promise<SmokePlan> {
  const config = stackConfig(file);
  const system = await loadSystem(config.system);
  if (!system) return { requests: [], edgeHeaders: {} };
  const settings = system.settings.parse(config.settings) as never;
  const spec = system.describe({
    stack: config,
    settings,
    environment: environmentOf(config, stack),
    // What is wrong with the file, the program has said when the stack was deployed.
    problems: new Problems(),
  });
  const host = (backend: string): string => hostOf(spec, backend);
  const list = await LISTS[config.system]?.();
  return {
    requests: [
      ...(list?.smoke({ spec, settings, host }) ?? []),
      ...ownRequests(file.value("release:smoke"), host),
    ],
    edgeHeaders: Object.fromEntries(
      Object.entries(spec.edge?.backends ?? {}).map(([name, { headers }]) => [
        name,
        { ...spec.edge?.headers, ...headers },
      ]),
    ),
  };
}

function environmentOf({ system, profile }: StackConfig, stack: string): Environment {
  return { stack, system, profile, protected: profile === "prod" };
}

function hostOf({ edge, name }: SystemSpec, backend: string): string {
  const route = edge?.routes.find((each) => each.backend === backend);
  if (route) return route.host;
  throw new UsageError(`release:smoke: the edge of ${name} leads to no "${backend}"`);
}

/** The file's `portolan:` keys; encrypted values are of no use here, and stay closed. */
function stackConfig(file: StackFile): StackConfig {
  const given = Object.fromEntries(
    file.keys("portolan:").map((key) => [key.slice("portolan:".length), file.value(key)]),
  );
  const parsed = stackSchema.safeParse({ system: "lattice-policy", ...given, secrets: {} });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`portolan:${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is wrong"}`);
}
