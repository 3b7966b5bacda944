import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";

/** What every helper needs in order to create children of a component. */
export interface Scope {
  /** Name of the component; children are called `${name}-<role>`. */
  readonly name: string;
  readonly parent: pulumi.ComponentResource;
  readonly environment: Environment;
}
