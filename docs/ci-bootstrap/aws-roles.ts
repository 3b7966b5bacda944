import { SERVICES, type Place, type Statement } from "./aws-statements";

/** Services of AWS that take roles of the stack. */
const TAKING = [
  ...["backup", "ec2", "ecs", "ecs-tasks", "lambda", "logs", "vpc-flow-logs"],
  ...["monitoring.rds", "firehose"],
].map((service) => `${service}.amazonaws.com`);

/** The one policy of AWS's own that roles of the stack get: its backup service writes it better. */
const BACKUP_POLICY = "service-role/AWSBackupServiceRolePolicyForBackup";

const arn = ({ partition, accountId }: Place, resource: string): string =>
  `arn:${partition}:iam::${accountId}:${resource}`;

export const boundaryName = (stack: string): string => `portolan-ci-${stack}-boundary`;

const boundaryArn = (place: Place): string => arn(place, `policy/${boundaryName(place.stack)}`);

/**
 * What roles of the stack may do at most: what its services offer, nothing of the account's identities
 * but starting its own tasks, and nothing at the state. Whoever deploys cannot make a role beyond it.
 */
export const boundary = (place: Place): Statement[] => [
  {
    Sid: "Services",
    Effect: "Allow",
    Action: [...SERVICES, "ec2messages", "ssmmessages"].map((service) => `${service}:*`),
    Resource: "*",
  },
  {
    Sid: "StartTasks",
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: arn(place, `role/portolan/${place.stack}/*`),
    Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
  },
  {
    Sid: "NotTheState",
    Effect: "Deny",
    Action: ["s3:*", "kms:*"],
    Resource: [place.bucketArn, `${place.bucketArn}/*`, place.keyArn],
  },
];

/**
 * Rights of whoever deploys on roles: on those below the stack's path, and to make them or to change
 * what they may do only within the boundary.
 */
export function rolesOfTheStack(place: Place): Statement[] {
  const roles = arn(place, `role/portolan/${place.stack}/*`);
  const within = { StringEquals: { "iam:PermissionsBoundary": boundaryArn(place) } };
  return [
    {
      Sid: "RolesWithinTheBoundary",
      Effect: "Allow",
      Action: ["iam:CreateRole", "iam:PutRolePolicy", "iam:DeleteRolePolicy"],
      Resource: roles,
      Condition: within,
    },
    {
      Sid: "BackupPolicyWithinTheBoundary",
      Effect: "Allow",
      Action: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
      Resource: roles,
      Condition: {
        StringEquals: {
          ...within.StringEquals,
          "iam:PolicyARN": `arn:${place.partition}:iam::aws:policy/${BACKUP_POLICY}`,
        },
      },
    },
    {
      Sid: "RolesOfTheStack",
      Effect: "Allow",
      Action: [
        ...["iam:GetRole", "iam:UpdateRole", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole"],
        ...["iam:TagRole", "iam:UntagRole", "iam:GetRolePolicy", "iam:ListRolePolicies"],
        ...["iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole"],
        ...["iam:CreateInstanceProfile", "iam:DeleteInstanceProfile", "iam:GetInstanceProfile"],
        ...["iam:TagInstanceProfile", "iam:UntagInstanceProfile"],
        ...["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile"],
      ],
      Resource: [roles, arn(place, `instance-profile/portolan/${place.stack}/*`)],
    },
    {
      Sid: "HandRolesToServices",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": TAKING } },
    },
  ];
}
