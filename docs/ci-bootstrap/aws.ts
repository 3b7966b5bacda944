import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { Policy } from "@pulumi/aws/iam/policy";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import * as pulumi from "@pulumi/pulumi";
import { forEachPurpose, type StackAccess } from "./access";
import { boundary, boundaryName } from "./aws-roles";
import { cloudRights, stateRights } from "./aws-rights";
import { stateOf, type AwsPlace } from "./aws-state";
import type { Place } from "./aws-statements";
import { ISSUER, subjectOf, type Purpose } from "./github";
import type { Settings } from "./settings";

/** What the login action asks a token for. */
const AUDIENCE = "sts.amazonaws.com";

/** AWS's own policies of a reader: configurations, no data. */
const LOOKING = ["SecurityAudit", "job-function/ViewOnlyAccess"];

/** Seconds that a login lasts; a release watches its alarms, too. */
const SESSION = { plan: 3600, apply: 2 * 3600, drill: 2 * 3600 } as const;

export function access({ repository, stacks }: Settings): Map<string, StackAccess> {
  const place = placeOf();
  // No thumbprints: AWS checks GitHub's certificate by its own list of authorities.
  const github = new OpenIdConnectProvider(
    "github",
    { url: ISSUER, clientIdLists: [AUDIENCE] },
    { protect: true },
  );
  return new Map(stacks.map((stack) => [stack, stackAccess(stack, repository, place, github.arn)]));
}

function stackAccess(
  stack: string,
  repository: string,
  place: AwsPlace,
  provider: pulumi.Output<string>,
): StackAccess {
  const state = stateOf(stack, place);
  const rights: Place = { ...place, ...state, stack };
  const limit = new Policy(
    boundaryName(stack),
    {
      name: boundaryName(stack),
      description: `What roles of ${stack} may do at most`,
      policy: document(boundary(rights)),
    },
    // A destroy that takes it away would leave roles without a limit.
    { protect: true },
  );
  const role = (purpose: Purpose): Role => {
    const name = `portolan-ci-${stack}-${purpose}`;
    const made = new Role(name, {
      name,
      description: `GitHub workflows of ${repository}: ${purpose} ${stack}`,
      maxSessionDuration: SESSION[purpose],
      assumeRolePolicy: trust(provider, subjectOf(repository, purpose, stack)),
    });
    const grant = (part: string, statements: readonly object[]): void => {
      new RolePolicy(`${name}-${part}`, { role: made.id, policy: document(statements) });
    };
    grant("state", stateRights(purpose, rights));
    grant("cloud", cloudRights(purpose, rights));
    for (const policy of purpose === "plan" ? LOOKING : []) {
      new RolePolicyAttachment(`${name}-${policy.split("/").at(-1)}`, {
        role: made.name,
        policyArn: `arn:${place.partition}:iam::aws:policy/${policy}`,
      });
    }
    return made;
  };
  const variables = (purpose: Purpose) => ({
    [`AWS_${purpose.toUpperCase()}_ROLE`]: role(purpose).arn,
    AWS_REGION: place.region,
    PULUMI_BACKEND_URL: pulumi.interpolate`s3://${state.bucket}?region=${place.region}&awssdk=v2`,
  });
  return {
    variables: forEachPurpose(variables),
    config: { "portolan-aws:permissionsBoundary": limit.arn },
    secretsProvider: `awskms://${state.alias}?region=${place.region}`,
  };
}

const document = (statements: readonly object[]): pulumi.Output<string> =>
  pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });

/** One repository, one environment, one audience: each compared as a whole. */
const trust = (provider: pulumi.Output<string>, subject: string): pulumi.Output<string> =>
  document([
    {
      Effect: "Allow",
      Principal: { Federated: provider },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${ISSUER.replace("https://", "")}:aud`]: AUDIENCE,
          [`${ISSUER.replace("https://", "")}:sub`]: subject,
        },
      },
    },
  ]);

/** The account is named, so that a wrong profile cannot open it to a repository. */
function placeOf(): AwsPlace {
  const config = new pulumi.Config("aws");
  const [accountId] = config.requireObject<string[]>("allowedAccountIds");
  const region = config.require("region");
  if (accountId === undefined || !/^\d{12}$/.test(accountId)) {
    throw new pulumi.RunError(
      "aws:allowedAccountIds: names no account; set it with `pulumi config set --path 'aws:allowedAccountIds[0]' <account>`",
    );
  }
  const partition = region.startsWith("cn-")
    ? "aws-cn"
    : region.startsWith("us-gov-")
      ? "aws-us-gov"
      : "aws";
  return { partition, accountId, region };
}
