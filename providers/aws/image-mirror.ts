import { Invocation } from "@pulumi/aws/lambda/invocation";
import * as pulumi from "@pulumi/pulumi";
import type { ImageAttachment } from "./attachments";
import { smallFunction } from "./small-function";
import { registry } from "./registry";
import type { Scope } from "./scope";

export interface Mirrored {
  readonly reference: pulumi.Output<string>;
  readonly attachment: ImageAttachment;
}

/**
 * Copies somebody else's image into the stack's own registry while it is deployed. Pulled from its
 * origin, it would need every task that runs it to have a way to the whole internet, since a
 * security group knows no host names; and what a tag means there can change.
 */
export function mirror(scope: Scope, reference: string, path: string, keep: number): Mirrored {
  const tag = mirroredTag(reference);
  const store = registry(scope, path, keep);
  const copier = smallFunction(scope, "mirror", {
    file: "image-mirror.mjs",
    description: `Copies ${reference} into the stack's own registry`.slice(0, 256),
    timeoutSeconds: 600,
    memoryMiB: 1024,
    statements: [
      // The one action of ECR that knows no resource.
      { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
      {
        actions: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ],
        resources: [store.arn],
      },
    ],
    logDays: 30,
  });
  const copied = new Invocation(
    `${scope.name}-mirrored`,
    {
      functionName: copier.function.name,
      input: JSON.stringify({ source: reference, repository: store.name, tag }),
      triggers: { reference },
    },
    { ...scope.child, dependsOn: store.repository, customTimeouts: { create: "15m" } },
  );
  return {
    reference: pulumi.output(`${store.url}:${tag}`),
    attachment: { cloud: "aws", repositoryArn: pulumi.output(store.arn), ready: [copied] },
  };
}

/** Tag of the copy: the origin's, or the start of its digest. */
export function mirroredTag(reference: string): string {
  const [name = "", digest] = reference.split("@");
  const colon = name.lastIndexOf(":");
  if (colon > name.lastIndexOf("/")) return name.slice(colon + 1);
  return `sha256-${(digest ?? "").slice("sha256:".length, 19)}`;
}
