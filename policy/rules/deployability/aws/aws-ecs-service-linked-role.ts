import { CLUSTER } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation } from "../../../lib/rule";

const LINKED = "aws:iam/serviceLinkedRole:ServiceLinkedRole";
const ECS = "ecs.amazonaws.com";

export const rule = deployability({
  id: "aws-ecs-service-linked-role",
  title: "The service-linked role of ECS is there before the first cluster",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "In an account that never used ECS: InvalidParameterException: Unable to assume the service linked role. A second run succeeds.",
  },
  fix: 'Run "aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com" once per account and name the service in settings.preparedServices, or let the cluster depend on an iam.ServiceLinkedRole.',
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html",
  checkStack: {
    types: [CLUSTER],
    run: (graph, { settings }) =>
      settings.preparedServices.includes(ECS)
        ? []
        : graph.ofType(CLUSTER).flatMap((cluster) => {
            const before = [...graph.closure(cluster)]
              .filter(({ type }) => type === LINKED)
              .map((role) => role.at("awsServiceName"));
            if (before.some((name) => name.isWord(ECS))) return [];
            const [unknown] = before.filter((name) => name.unknown);
            const at = cluster.props;
            return about(cluster, [
              unknown === undefined
                ? violation(at, "nothing says that this account has the service-linked role of ECS")
                : { ...undecided(unknown), path: "" },
            ]);
          }),
  },
});
