import type * as pulumi from "@pulumi/pulumi";
import type { Purpose } from "./github";

type Variables = Readonly<Record<string, pulumi.Input<string>>>;

/** What one stack's workflows need to know. */
export interface StackAccess {
  /** Variables of the GitHub environment of each purpose. */
  readonly variables: Readonly<Record<Purpose, Variables>>;
  /** Settings that the stack needs, for its own config file. */
  readonly config?: Variables;
  /** For `pulumi stack init --secrets-provider`. */
  readonly secretsProvider: pulumi.Input<string>;
}

/** What is made for each purpose. */
export const forEachPurpose = <T>(make: (purpose: Purpose) => T): Record<Purpose, T> => ({
  plan: make("plan"),
  apply: make("apply"),
  drill: make("drill"),
});
