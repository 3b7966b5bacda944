import { allowStatements, isForAnybody } from "../../lib/check/policy-document";
import { undecided, violation, type Check, type Rule } from "../../lib/rule";

const policyAt =
  (path: string): Check =>
  (resource) => {
    const { statements, unknown } = allowStatements(resource.at(path));
    return [
      ...statements.flatMap((statement) => {
        const anybody = isForAnybody(statement);
        return anybody === undefined ? [] : [violation(anybody, "anybody may use it")];
      }),
      ...unknown.map(undecided),
    ];
  };

export const rule: Rule = {
  id: "resource-policy-public",
  title: "Queues, topics, keys, secrets, functions and repositories are not for anybody",
  severity: "critical",
  category: "public-service",
  profile: "baseline",
  why: "A policy for everybody lets every AWS account read, send or run, without any role of yours.",
  fix: {
    aws: "Name the account, role or service in Principal, or add a condition on aws:SourceArn or aws:PrincipalOrgID.",
  },
  controls: { nist: ["AC-3", "SC-7"], cis: ["3.3", "6.8"] },
  check: {
    "aws:sqs/queue:Queue": policyAt("policy"),
    "aws:sqs/queuePolicy:QueuePolicy": policyAt("policy"),
    "aws:sns/topic:Topic": policyAt("policy"),
    "aws:sns/topicPolicy:TopicPolicy": policyAt("policy"),
    "aws:kms/key:Key": policyAt("policy"),
    "aws:kms/keyPolicy:KeyPolicy": policyAt("policy"),
    "aws:secretsmanager/secret:Secret": policyAt("policy"),
    "aws:secretsmanager/secretPolicy:SecretPolicy": policyAt("policy"),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": policyAt("policy"),
    "aws:efs/fileSystemPolicy:FileSystemPolicy": policyAt("policy"),
    "aws:opensearch/domain:Domain": policyAt("accessPolicies"),
    "aws:opensearch/domainPolicy:DomainPolicy": policyAt("accessPolicies"),
    "aws:backup/vaultPolicy:VaultPolicy": policyAt("policy"),
    "aws:lambda/permission:Permission": (resource) => {
      const principal = resource.at("principal");
      if (principal.unknown) return [undecided(principal)];
      if (principal.text !== "*") return [];
      const narrowed = ["sourceArn", "sourceAccount", "principalOrgId"].some(
        (path) => resource.at(path).present,
      );
      const byUrl = resource.at("functionUrlAuthType").isWord("AWS_IAM");
      return narrowed || byUrl ? [] : [violation(principal, "anybody may run the function")];
    },
  },
};
