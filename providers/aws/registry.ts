import { LifecyclePolicy } from "@pulumi/aws/ecr/lifecyclePolicy";
import { Repository } from "@pulumi/aws/ecr/repository";
import { folder, type Scope } from "./scope";

export interface Registry {
  readonly repository: Repository;
  /** Name and address, composed and not read back: a preview shows which image will run. */
  readonly name: string;
  readonly url: string;
  readonly arn: string;
}

/** A repository of the stack: what is released in it is never overwritten. */
export function registry(scope: Scope, path: string, keep: number): Registry {
  const { environment, child, tags, accountId, region, partition } = scope;
  const name = `${folder(environment)}/${path}`;
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const repository = new Repository(
    `${scope.name}-repository`,
    {
      name,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS" }],
      // A repository with images cannot be destroyed otherwise.
      forceDelete: !environment.protected,
      tags,
    },
    { ...child, protect: environment.protected },
  );
  new LifecyclePolicy(
    `${scope.name}-repository`,
    { repository: repository.name, policy: lifecycle(keep) },
    child,
  );
  return {
    repository,
    name,
    url: `${accountId}.dkr.ecr.${region}.${domain}/${name}`,
    arn: scope.arn("ecr", `repository/${name}`),
  };
}

function lifecycle(keep: number): string {
  const expire = (rulePriority: number, description: string, selection: object): object => ({
    rulePriority,
    description,
    selection,
    action: { type: "expire" },
  });
  return JSON.stringify({
    rules: [
      expire(1, "Untagged images for a week", {
        tagStatus: "untagged",
        countType: "sinceImagePushed",
        countUnit: "days",
        countNumber: 7,
      }),
      expire(2, `The last ${keep} released images`, {
        tagStatus: "any",
        countType: "imageCountMoreThan",
        countNumber: keep,
      }),
    ],
  });
}
