import { CloudError } from "../lib/table";
import type { TypeTable } from "../lib/table";
import { KEY_ARN, ROLE_ARN, UUID } from "./refs";

const VAULT = "aws:backup/vault:Vault";
const PLAN = "aws:backup/plan:Plan";

export const types: Record<string, TypeTable> = {
  [VAULT]: {
    name: { property: "name", max: 50 },
    defaults: { forceDestroy: false },
    outputs: {
      arn: "arn:{partition}:backup:{region}:{account}:backup-vault:{name}",
      recoveryPoints: 0,
    },
    replaceOn: ["kmsKeyArn"],
    references: { kmsKeyArn: KEY_ARN },
    loose: ["kmsKeyArn"],
    exists: "AlreadyExistsException: Backup vault with the same name already exists",
    missing: "ResourceNotFoundException: Backup vault {value} does not exist",
  },
  [PLAN]: {
    name: { property: "name", max: 50, shared: true },
    id: UUID,
    outputs: {
      arn: "arn:{partition}:backup:{region}:{account}:backup-plan:{id}",
      version: "{hex:48}",
    },
    changing: ["version"],
    replaceOn: ["name"],
    references: { "rules[*].targetVaultName": `${VAULT}#name` },
    loose: ["rules[*].targetVaultName"],
    create: ({ inputs }) => {
      for (const { lifecycle } of inputs.rules ?? []) {
        const { coldStorageAfter, deleteAfter } = lifecycle ?? {};
        if (coldStorageAfter === undefined || deleteAfter >= coldStorageAfter + 90) continue;
        throw new CloudError(
          "InvalidParameterValueException: DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays",
        );
      }
      return undefined;
    },
    missing: "ResourceNotFoundException: Backup plan {value} does not exist",
  },
  "aws:backup/selection:Selection": {
    name: { property: "name", max: 50, shared: true },
    id: UUID,
    replaceOn: ["name", "iamRoleArn", "planId", "resources", "notResources", "selectionTags"],
    sets: ["resources", "notResources"],
    references: { planId: PLAN, iamRoleArn: ROLE_ARN },
    inUse:
      "InvalidRequestException: Related backup plan selections must be deleted prior to backup plan deletion",
  },
};
