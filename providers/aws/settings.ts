import * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../../components/errors";

/** Where the stack lives, from Pulumi's own `aws:` configuration. Nothing is looked up. */
export interface AwsSettings {
  readonly region: string;
  /** Twelve digits. Known from the configuration, so that ARNs can be composed in a preview. */
  readonly accountId: string;
  readonly partition: string;
  /** `portolan-aws:permissionsBoundary`: what the stack's roles are limited by. Default: nothing. */
  readonly limits?: RoleLimits;
}

/** The path lets an account say in a policy which roles are the stack's. */
export interface RoleLimits {
  readonly permissionsBoundary: string;
  readonly path: string;
}

/** Reads the provider's configuration; says what is missing and how to set it. */
export function readSettings(problems: Problems): AwsSettings | undefined {
  const config = new pulumi.Config("aws");
  const region = config.get("region");
  const accountId = accountOf(config);
  if (!region || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    problems.add(
      "aws:region",
      `${region ? `"${region}" is no region` : "is missing"}; set one with \`pulumi config set aws:region eu-central-1\``,
    );
  }
  if (!accountId || !/^\d{12}$/.test(accountId)) {
    problems.add(
      "aws:allowedAccountIds",
      "needs the twelve digits of the account; set them with `pulumi config set --path aws:allowedAccountIds[0] 111122223333`",
    );
  }
  const boundary = new pulumi.Config("portolan-aws").get("permissionsBoundary");
  if (boundary !== undefined && !isPolicyOf(boundary, accountId)) {
    problems.add(
      "portolan-aws:permissionsBoundary",
      `"${boundary}" is no policy of the account; give its ARN, e.g. arn:aws:iam::${accountId ?? "111122223333"}:policy/portolan-ci-prod-boundary`,
    );
  }
  if (!region || !accountId) return undefined;
  const place = { region, accountId, partition: partitionOf(region) };
  if (boundary === undefined) return place;
  const path = `/portolan/${pulumi.getStack()}/`;
  return { ...place, limits: { permissionsBoundary: boundary, path } };
}

const isPolicyOf = (arn: string, account = ""): boolean =>
  arn.startsWith("arn:") && arn.includes(`:iam::${account}:policy/`);

/** A list under Pulumi's own key; `--path` may have made its entry a number. */
function accountOf(config: pulumi.Config): string | undefined {
  try {
    const ids = config.getObject<unknown[]>("allowedAccountIds");
    return ids?.[0] === undefined ? undefined : String(ids[0]).padStart(12, "0");
  } catch {
    return undefined;
  }
}

const partitionOf = (region: string): string => {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("cn-") ? "aws-cn" : "aws";
};
