import type { Instance } from "@pulumi/aws/ec2/instance";
import { Invocation } from "@pulumi/aws/lambda/invocation";
import { Document } from "@pulumi/aws/ssm/document";
import * as pulumi from "@pulumi/pulumi";
import { documentOf, TIMEOUT_SECONDS } from "./host-document";
import { physicalName, type Scope } from "./scope";
import { smallFunction } from "./small-function";

/**
 * Carries out a release on the host and waits for its end. A document of its own, and not AWS's for
 * any script: the function may send this one to this machine and nothing else to anybody.
 */
export function deliver(
  scope: Scope,
  instance: Instance,
  script: pulumi.Output<string>,
  options: { readonly logDays: number; readonly ready: readonly pulumi.Resource[] },
): { readonly released: Invocation; readonly revision: pulumi.Output<string> } {
  const { name, child, tags } = scope;
  const document = new Document(
    `${name}-release`,
    {
      name: physicalName(scope.environment, `${name}-release`, 128),
      documentType: "Command",
      documentFormat: "JSON",
      content: script.apply(documentOf),
      tags,
    },
    child,
  );
  const runner = smallFunction(scope, "release", {
    file: "host-release.mjs",
    description: `Has ${name} carry out its release; its result decides`,
    timeoutSeconds: TIMEOUT_SECONDS + 60,
    statements: [
      { actions: ["ssm:SendCommand"], resources: [document.arn, instance.arn] },
      // Asking for a result knows no resource.
      { actions: ["ssm:GetCommandInvocation"], resources: ["*"] },
    ],
    logDays: options.logDays,
  });
  const revision = pulumi.interpolate`${document.name}:${document.latestVersion}`;
  const released = new Invocation(
    `${name}-released`,
    {
      functionName: runner.function.name,
      input: pulumi.jsonStringify({
        host: name,
        instance: instance.id,
        document: document.name,
        timeoutSeconds: TIMEOUT_SECONDS,
      }),
      // Another machine wants the same release again.
      triggers: { revision, instance: instance.id },
    },
    {
      ...child,
      dependsOn: [document, ...options.ready],
      customTimeouts: { create: "20m", update: "20m" },
    },
  );
  return { released, revision };
}
