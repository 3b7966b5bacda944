import type { TypeTable } from "../lib/table";
import { ANY_KEY } from "./shared";

const REPOSITORY = "aws:ecr/repository:Repository";

/** What belongs to one repository and goes with it. */
const ASPECT: TypeTable = {
  id: "{in.repository}",
  outputs: { registryId: "{account}" },
  references: { repository: REPOSITORY },
  loose: ["repository"],
  json: ["policy"],
  replaceOn: ["repository"],
};

export const types: Record<string, TypeTable> = {
  [REPOSITORY]: {
    name: { property: "name", max: 256, auto: { lower: true } },
    defaults: { imageTagMutability: "MUTABLE" },
    outputs: {
      arn: "arn:{partition}:ecr:{region}:{account}:repository/{name}",
      registryId: "{account}",
      repositoryUrl: "{account}.dkr.ecr.{region}.amazonaws.com/{name}",
    },
    references: { "encryptionConfigurations[*].kmsKey": ANY_KEY },
    loose: ["encryptionConfigurations[*].kmsKey"],
    replaceOn: ["encryptionConfigurations"],
    exists:
      "api error RepositoryAlreadyExistsException: The repository with name '{name}' already exists in the registry",
    missing:
      "api error RepositoryNotFoundException: The repository with name '{value}' does not exist in the registry",
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ASPECT,
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ASPECT,
};
