import { Service } from "@pulumi/gcp/projects";
import { RandomId } from "@pulumi/random/randomId";
import type { Environment } from "../../components/cloud";
import type { Scope } from "./scope";
import { settings } from "./settings";

/** Services of the platform that must be switched on before anything of them can be created. */
const APIS = [
  "artifactregistry",
  "certificatemanager",
  // The release pipeline may build images in the cloud instead of on a runner.
  "cloudbuild",
  "cloudkms",
  "compute",
  "dns",
  "iam",
  "logging",
  "monitoring",
  "redis",
  "run",
  "secretmanager",
  "servicenetworking",
  "sqladmin",
] as const;

export type Api = (typeof APIS)[number];

/** The same for what few stacks use: switched on by the component that is the first to ask. */
export type RareApi = "osconfig" | "pubsub" | "storage";

/** What a stack has once, whichever component comes first. */
export interface Foundation {
  /** Every resource depends on the entry of its API. */
  readonly apis: Readonly<Record<Api, Service>>;
  /** Makes names different that stay taken for days after their resource is gone. */
  readonly suffix: RandomId;
  readonly rare: Map<RareApi, Service>;
}

/**
 * Images and secrets get no link to the network, yet they need their APIs enabled as well. So the
 * foundation is found by the stack's environment, and made by the component that asks first: in a
 * deployed system that is the network.
 */
const made = new WeakMap<Environment, Foundation>();

export function foundation(scope: Scope): Foundation {
  const existing = made.get(scope.environment);
  if (existing) return existing;
  const apis = Object.fromEntries(APIS.map((api) => [api, switchedOn(scope, api)])) as Record<
    Api,
    Service
  >;
  const suffix = new RandomId(`${scope.name}-suffix`, { byteLength: 3 }, { parent: scope.parent });
  const foundation = { apis, suffix, rare: new Map<RareApi, Service>() };
  made.set(scope.environment, foundation);
  return foundation;
}

/** An API that is not among those that every stack needs. */
export function rareApi(scope: Scope, api: RareApi): Service {
  const { rare } = foundation(scope);
  const found = rare.get(api) ?? switchedOn(scope, api);
  rare.set(api, found);
  return found;
}

function switchedOn({ name, parent }: Scope, api: Api | RareApi): Service {
  return new Service(
    `${name}-api-${api}`,
    {
      project: settings().project,
      service: `${api}.googleapis.com`,
      // Other things in the project may use the API, too: it stays on when the stack goes.
      disableOnDestroy: false,
      disableDependentServices: false,
    },
    { parent },
  );
}
