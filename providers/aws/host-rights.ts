import type * as pulumi from "@pulumi/pulumi";
import type { ImageAttachment, SecretAttachment } from "./attachments";
import { secretStatements, type Statement } from "./identity";
import { metricNamespace, type Scope } from "./scope";

export interface HostNeeds {
  readonly images: readonly ImageAttachment[];
  readonly secrets: readonly SecretAttachment[];
  readonly logGroup: string;
  readonly backupArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
}

/** Pull, log, measure, read its secrets, and add backups: a host may do nothing else. */
export function hostStatements(scope: Scope, needs: HostNeeds): Statement[] {
  return [
    // The one action of ECR that knows no resource.
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      actions: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
      ],
      resources: needs.images.map(({ repositoryArn }) => repositoryArn),
    },
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [scope.arn("logs", `log-group:${needs.logGroup}:*`)],
    },
    {
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      condition: { StringEquals: { "cloudwatch:namespace": metricNamespace(scope.environment) } },
    },
    { actions: ["s3:PutObject"], resources: [needs.backupArn.apply((arn) => `${arn}/*`)] },
    // S3 asks for both when an upload has several parts.
    { actions: ["kms:GenerateDataKey", "kms:Decrypt"], resources: [needs.keyArn] },
    ...secretStatements(scope, needs.secrets),
  ];
}
