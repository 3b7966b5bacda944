import type { FunctionRule, TypeTable } from "../lib/table";
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

/** How long a login of a registry holds. */
const LOGIN_MS = 12 * 60 * 60 * 1000;

export const functions: Record<string, FunctionRule> = {
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": (args, { place }) => ({
    id: place.region,
    registryId: args.registryId,
    authorizationToken: Buffer.from("AWS:simulated").toString("base64"),
    userName: "AWS",
    password: "simulated",
    proxyEndpoint: `https://${args.registryId ?? place.account}.dkr.ecr.${place.region}.amazonaws.com`,
    expiresAt: new Date(Date.now() + LOGIN_MS).toISOString(),
  }),
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
