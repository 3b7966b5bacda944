import { Registry } from "@pulumi/azure-native/containerregistry";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { globalName } from "./names";
import { resourceGroup } from "./resource-group";
import { settings } from "./settings";
import { tagsOf } from "./tags";

/** The stack's registry and the host name that images are called by. */
export interface StackRegistry {
  readonly registry: Registry;
  /** Composed of the name, so that a preview knows what will run. */
  readonly server: string;
}

const REGISTRIES = new WeakMap<Environment, StackRegistry>();

/** One registry holds all repositories of a stack; made by the first image that needs it. */
export function stackRegistry(
  environment: Environment,
  parent: pulumi.ComponentResource,
): StackRegistry {
  let found = REGISTRIES.get(environment);
  if (!found) {
    const place = settings();
    const name = globalName(`${environment.system}${environment.stack}`, environment, place, 50);
    const registry = new Registry(
      "registry",
      {
        registryName: name,
        resourceGroupName: resourceGroup(environment, parent).name,
        location: place.location,
        // Standard has no private endpoint. Pulls are signed in by identity and go to Azure's own
        // network; Premium would be needed for a registry without a public address.
        sku: { name: "Standard" },
        adminUserEnabled: false,
        anonymousPullEnabled: false,
        tags: tagsOf(environment),
      },
      { parent },
    );
    found = { registry, server: `${name}.azurecr.io` };
    REGISTRIES.set(environment, found);
  }
  return found;
}
