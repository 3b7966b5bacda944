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

/** What a stack has once, whichever component comes first. */
export interface Foundation {
  /** Every resource depends on the entry of its API. */
  readonly apis: Readonly<Record<Api, Service>>;
  /** Makes names different that stay taken for days after their resource is gone. */
  readonly suffix: RandomId;
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
  const { project } = settings();
  const apis = Object.fromEntries(
    APIS.map((api) => [
      api,
      new Service(
        `${scope.name}-api-${api}`,
        {
          project,
          service: `${api}.googleapis.com`,
          // Other things in the project may use the API, too: it stays on when the stack goes.
          disableOnDestroy: false,
          disableDependentServices: false,
        },
        { parent: scope.parent },
      ),
    ]),
  ) as Record<Api, Service>;
  const suffix = new RandomId(`${scope.name}-suffix`, { byteLength: 3 }, { parent: scope.parent });
  const foundation = { apis, suffix };
  made.set(scope.environment, foundation);
  return foundation;
}
