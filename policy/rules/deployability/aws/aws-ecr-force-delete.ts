import { REPOSITORY } from "../../../lib/deployability/aws/types";
import { isKept } from "../../../lib/deployability/kept";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-ecr-force-delete",
  title: "A repository can be destroyed with its images, or is not to be destroyed",
  fails: {
    when: "destroy",
    effect: "error",
    answer:
      "RepositoryNotEmptyException: The repository cannot be deleted because it still contains images",
  },
  fix: "Set forceDelete true and update before the destroy; for images worth keeping set protect: true or retainOnDelete.",
  source: "https://www.pulumi.com/registry/packages/aws/api-docs/ecr/repository/",
  check: {
    [REPOSITORY]: (repository) => {
      const force = repository.at("forceDelete");
      if (force.boolean === true || isKept(repository)) return [];
      if (force.unknown) return [undecided(force)];
      return [violation(force, "the repository is neither emptied by a destroy nor kept from it")];
    },
  },
});
