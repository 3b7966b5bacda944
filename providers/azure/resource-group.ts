import { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { fit } from "../../components/naming";
import { settings } from "./settings";
import { tagsOf } from "./tags";

const GROUPS = new WeakMap<Environment, ResourceGroup>();

/**
 * The stack's one resource group, made by the component that asks first: the network, in a whole
 * system. Its name is fixed, so that scopes and ids are known in a preview.
 */
export function resourceGroup(
  environment: Environment,
  parent: pulumi.ComponentResource,
): ResourceGroup {
  let group = GROUPS.get(environment);
  if (!group) {
    group = new ResourceGroup(
      "resources",
      {
        resourceGroupName: fit(`rg-${environment.system}-${environment.stack}`, 90),
        location: settings().location,
        tags: tagsOf(environment),
      },
      { parent },
    );
    GROUPS.set(environment, group);
  }
  return group;
}
