import { rule as encryption } from "../../policy/rules/deployability/aws/aws-rds-encryption-immutable";
import { rule as masterUsername } from "../../policy/rules/deployability/aws/aws-rds-master-username";
import { rule as monitoringRole } from "../../policy/rules/deployability/aws/aws-rds-monitoring-role";
import { rule as names } from "../../policy/rules/deployability/aws/aws-rds-names";
import { rule as parameterFamily } from "../../policy/rules/deployability/aws/aws-rds-parameter-family";
import { rule as passwordCharacters } from "../../policy/rules/deployability/aws/aws-rds-password-characters";
import { rule as subnetGroupZones } from "../../policy/rules/deployability/aws/aws-rds-subnet-group-azs";
import type { CloudObject } from "../lib/store";
import { CloudError } from "../lib/table";
import type { CloudView, Draft, Failure, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { ANY_KEY } from "./shared";

const INSTANCE = "aws:rds/instance:Instance";
const GROUP = "aws:rds/subnetGroup:SubnetGroup";
const PORTS: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306, mariadb: 3306 };
const arn = (kind: string): string => `arn:{partition}:rds:{region}:{account}:${kind}:{name}`;

export const types: Record<string, TypeTable> = {
  [INSTANCE]: {
    name: {
      property: "identifier",
      prefixProperty: "identifierPrefix",
      max: 63,
      auto: { lower: true },
    },
    // The provider's ID is the instance's resource ID; the identifier may be changed later.
    id: "db-{letters:26}",
    defaults: {
      ...{ autoMinorVersionUpgrade: true, copyTagsToSnapshot: false, deleteAutomatedBackups: true },
      ...{ monitoringInterval: 0, publiclyAccessible: false, skipFinalSnapshot: false },
    },
    outputs: {
      arn: arn("db"),
      resourceId: "{id}",
      address: "{name}.{hex:12}.{region}.rds.amazonaws.com",
      port: (draft: Draft) => PORTS[draft.inputs.engine] ?? 5432,
      endpoint: "{out.address}:{out.port}",
      hostedZoneId: "Z1RLNUO7B9Q6NB",
      engineVersionActual: "{in.engineVersion}",
      storageEncrypted: false,
      storageType: "gp2",
      multiAz: false,
      backupRetentionPeriod: 0,
      availabilityZone: "{region}a",
      caCertIdentifier: "rds-ca-rsa2048-g1",
      status: "available",
    },
    secrets: ["password", "passwordWo"],
    references: {
      dbSubnetGroupName: GROUP,
      parameterGroupName: "aws:rds/parameterGroup:ParameterGroup",
      "vpcSecurityGroupIds[*]": "aws:ec2/securityGroup:SecurityGroup",
      kmsKeyId: ANY_KEY,
      performanceInsightsKmsKeyId: ANY_KEY,
      monitoringRoleArn: "aws:iam/role:Role#arn",
      replicateSourceDb: `${INSTANCE}#identifier|${INSTANCE}#arn`,
    },
    loose: ["kmsKeyId", "performanceInsightsKmsKeyId", "monitoringRoleArn", "replicateSourceDb"],
    sets: ["vpcSecurityGroupIds", "enabledCloudwatchLogsExports"],
    replaceOn: [
      ...["storageEncrypted", "kmsKeyId", "dbName", "username", "engine", "availabilityZone"],
      ...[
        "characterSetName",
        "ncharCharacterSetName",
        "snapshotIdentifier",
        "timezone",
        "customIamInstanceProfile",
      ],
      ...["replicateSourceDb", "restoreToPointInTime", "s3Import", "backupTarget"],
    ],
    validate: instanceFailures,
    rules: [
      ...[names, masterUsername, passwordCharacters, encryption],
      ...[parameterFamily, monitoringRole, subnetGroupZones],
    ],
    create: (draft) => {
      refusePasswords(draft.inputs);
      return undefined;
    },
    protection: (object) =>
      plain(object.outputs.deletionProtection) === true
        ? "api error InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again."
        : undefined,
    remove: requireFinalSnapshot,
    exists: "api error DBInstanceAlreadyExists: DB instance already exists",
    missing: "api error DBInstanceNotFound: DBInstance {value} not found.",
    seconds: 420,
  },
  [GROUP]: {
    name: { property: "name", prefixProperty: "namePrefix", max: 255, auto: { lower: true } },
    defaults: { description: "Managed by Pulumi" },
    outputs: { arn: arn("subgrp"), supportedNetworkTypes: ["IPV4"], vpcId: vpcOfSubnets },
    references: { "subnetIds[*]": "aws:ec2/subnet:Subnet" },
    sets: ["subnetIds"],
    rules: [names, subnetGroupZones],
    exists: "api error DBSubnetGroupAlreadyExists: The DB subnet group '{name}' already exists.",
    missing: "api error DBSubnetGroupNotFoundFault: DB subnet group '{value}' does not exist.",
    inUse:
      "api error InvalidDBSubnetGroupStateFault: Cannot delete the subnet group '{id}' because at least one database instance is using it.",
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    name: { property: "name", prefixProperty: "namePrefix", max: 255, auto: { lower: true } },
    defaults: { description: "Managed by Pulumi", skipDestroy: false },
    outputs: { arn: arn("pg") },
    replaceOn: ["family", "description"],
    sets: ["parameters"],
    rules: [names, parameterFamily],
    exists: "api error DBParameterGroupAlreadyExists: Parameter group {name} already exists",
    missing: "api error DBParameterGroupNotFound: DBParameterGroup not found: {value}",
    inUse:
      "api error InvalidDBParameterGroupState: One or more database instances are still members of this parameter group {id}",
  },
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": {
    id: "arn:{partition}:rds:{region}:{account}:auto-backup:ab-{hex:24}",
    defaults: { retentionPeriod: 7 },
    references: { kmsKeyId: ANY_KEY },
    loose: ["kmsKeyId"],
    replaceOn: ["sourceDbInstanceArn", "kmsKeyId", "retentionPeriod", "preSignedUrl"],
  },
};

function instanceFailures(inputs: Plain): Failure[] {
  const { finalSnapshotIdentifier: name } = inputs;
  if (typeof name !== "string" || /^[a-zA-Z](-?[a-zA-Z0-9])*$/.test(name)) return [];
  return [
    {
      property: "finalSnapshotIdentifier",
      reason: `"${name}": must begin with a letter, contain only letters, digits and single hyphens, and not end with a hyphen`,
    },
  ];
}

/** RDS keeps the password itself, or is given one. */
function refusePasswords({ manageMasterUserPassword, password }: Plain): void {
  if (manageMasterUserPassword !== true || password === undefined) return;
  throw new CloudError(
    "api error InvalidParameterCombination: You can't specify MasterUserPassword for an instance with ManageMasterUserPassword enabled.",
  );
}

/** Without the name of a final snapshot the provider does not even ask the cloud. */
function requireFinalSnapshot(object: CloudObject): void {
  const { skipFinalSnapshot, finalSnapshotIdentifier, replicateSourceDb } = plain(object.outputs);
  if (skipFinalSnapshot === true || finalSnapshotIdentifier || replicateSourceDb) return;
  throw new CloudError(
    "final_snapshot_identifier is required when skip_final_snapshot is false: set finalSnapshotIdentifier or skipFinalSnapshot and update before you delete",
  );
}

function subnetsOf({ cloud, inputs }: Draft): Plain[] {
  const find = (id: string): ReturnType<CloudView["find"]> =>
    cloud.find("aws:ec2/subnet:Subnet", id);
  return (inputs.subnetIds ?? []).map((id: string) => plain(find(id)?.outputs) ?? {});
}

function vpcOfSubnets(draft: Draft): string | undefined {
  return subnetsOf(draft)[0]?.vpcId;
}
