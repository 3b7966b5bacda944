import * as pulumi from "@pulumi/pulumi";
import { RandomBytes } from "@pulumi/random/randomBytes";
import type { Environment } from "./cloud";
import type { GeneratedSecret, SecretSource } from "./secret-bundle";

/** Creates the generated values of a bundle: the same on every cloud, kept in the state. */
export function generate(
  bundle: string,
  entries: Readonly<Record<string, SecretSource>>,
  parent: pulumi.ComponentResource,
  environment: Environment,
): Record<string, pulumi.Output<string>> {
  const values: Record<string, pulumi.Output<string>> = {};
  for (const [entry, source] of Object.entries(entries)) {
    if (source.kind !== "generated") continue;
    const bytes = new RandomBytes(
      `${bundle}-${entry}`,
      {
        length: source.bytes,
        ...(source.generation ? { keepers: { generation: source.generation } } : {}),
      },
      optionsOf(source, parent, environment),
    );
    values[entry] = pulumi.secret(source.encoding === "hex" ? bytes.hex : bytes.base64);
  }
  return values;
}

/**
 * A key that encrypts stored data must survive every edit of the program: its inputs are frozen
 * and, where the stack is protected, the engine refuses to delete it.
 */
function optionsOf(
  source: GeneratedSecret,
  parent: pulumi.ComponentResource,
  environment: Environment,
): pulumi.CustomResourceOptions {
  if (source.rotation === "allowed") return { parent };
  return { parent, protect: environment.protected, ignoreChanges: ["length", "keepers"] };
}
