import type { Instance } from "@pulumi/aws/ec2/instance";
import { Invocation } from "@pulumi/aws/lambda/invocation";
import { Document } from "@pulumi/aws/ssm/document";
import * as pulumi from "@pulumi/pulumi";
import { physicalName, type Scope } from "./scope";
import { smallFunction } from "./small-function";

/** Longest that a function of Lambda can wait for the host. */
const TIMEOUT_SECONDS = 840;

/**
 * Carries out a release on the host and waits for its end. A document of its own, and not AWS's for
 * any script: the function may send this one to this machine and nothing else to anybody.
 */
export function deliver(
  scope: Scope,
  instance: Instance,
  script: pulumi.Output<string>,
  revision: pulumi.Output<string>,
  options: { readonly logDays: number; readonly ready: readonly pulumi.Resource[] },
): Invocation {
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
  return new Invocation(
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
}

/** Systems Manager takes two braces for a parameter of its own, so the script is packed. */
const documentOf = (script: string): string =>
  JSON.stringify({
    schemaVersion: "2.2",
    description: "A release of the host",
    mainSteps: [
      {
        action: "aws:runShellScript",
        name: "release",
        inputs: {
          timeoutSeconds: String(TIMEOUT_SECONDS),
          runCommand: [
            "base64 --decode > /run/portolan-release.sh <<'SCRIPT'",
            ...(Buffer.from(script)
              .toString("base64")
              .match(/.{1,100}/g) ?? []),
            "SCRIPT",
            "exec bash /run/portolan-release.sh",
          ],
        },
      },
    ],
  });

/** The script of a release, out of its document. */
export function scriptOf(content: string): string {
  const { mainSteps } = JSON.parse(content) as {
    mainSteps: { inputs: { runCommand: string[] } }[];
  };
  const packed = mainSteps[0]?.inputs.runCommand.slice(1, -2).join("") ?? "";
  return Buffer.from(packed, "base64").toString("utf8");
}
