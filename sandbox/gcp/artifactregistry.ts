import { rule as names } from "../../policy/rules/deployability/gcp/gcp-names";
import type { TypeTable } from "../lib/table";
import { CRYPTO_KEY, regionalIamMember, now } from "./shared";

const REPOSITORY = "gcp:artifactregistry/repository:Repository";

export const types: Record<string, TypeTable> = {
  [REPOSITORY]: {
    name: { property: "repositoryId", max: 63, manual: true },
    id: "projects/{project}/locations/{region}/repositories/{in.repositoryId}",
    defaults: { mode: "STANDARD_REPOSITORY" },
    replaceOn: ["repositoryId", "location", "format", "mode", "kmsKeyName"],
    references: { kmsKeyName: CRYPTO_KEY },
    sets: ["cleanupPolicies"],
    outputs: {
      location: "{region}",
      name: "{in.repositoryId}",
      registryUri: "{region}-docker.pkg.dev/{project}/{in.repositoryId}",
      createTime: now,
      updateTime: now,
    },
    rules: [names],
    exists: "googleapi: Error 409: the repository already exists.",
    missing: 'googleapi: Error 404: Repository "{value}" not found',
  },
  "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember": regionalIamMember(
    "repository",
    `${REPOSITORY}|${REPOSITORY}#name`,
  ),
};
