import type { Rule } from "../../policy/lib/rule";

/**
 * The races everybody meets sooner or later, by the policy pack's rule that tells them: in a fast run the one thing is
 * there in time, in a slow one it is not.
 */
export const RACES = [
  "aws-acm-validation-awaited",
  "aws-alb-access-logs-bucket",
  "aws-ecs-secret-version-first",
  "aws-ecs-service-after-listener",
  "aws-ecs-service-after-policies",
  "aws-efs-mount-targets-first",
  "aws-s3-object-lock-versioning",
  "azure-acr-pull-role-first",
  "azure-cae-storage-first",
  "azure-containerapp-keyvault-role-first",
  "azure-fd-route-after-origin",
  "azure-pg-children-serialised",
  "azure-pg-private-dns-link-first",
  "gcp-api-enabled-first",
  "gcp-cloudrun-secret-access-first",
  "gcp-cloudrun-secret-version-first",
  "gcp-cmek-service-agent-first",
  "gcp-sql-private-connection-first",
] as const;

/** Rules that speak about more types than they name: by the beginning of the types. */
const WIDE: Readonly<Record<string, string>> = { "gcp-api-enabled-first": "gcp:" };

/** A rule and what it may speak about. */
export interface Race {
  readonly rule: Rule;
  concerns(type: string): boolean;
}

/** The rules of the races of one package. */
export async function racesOf(packageName: string): Promise<Race[]> {
  const cloud = packageName.split("-")[0] as string;
  const own = RACES.filter((id) => id.startsWith(`${cloud}-`));
  return Promise.all(
    own.map(async (id) => {
      const module: unknown = await import(`../../policy/rules/deployability/${cloud}/${id}`);
      const { rule } = module as { rule: Rule };
      const wide = WIDE[id];
      const types = rule.checkStack?.types ?? [];
      return {
        rule,
        concerns: (type: string) =>
          wide === undefined
            ? types.includes(type)
            : type.startsWith(wide) && !types.includes(type),
      };
    }),
  );
}
