import { DrillError, json } from "../command";
import type { DrillCloud } from "../cloud";

interface Instance {
  readonly DBInstanceIdentifier: string;
  readonly DBInstanceStatus: string;
  readonly Engine: string;
  readonly EngineVersion: string;
  readonly AllocatedStorage: number;
  readonly StorageEncrypted: boolean;
  readonly KmsKeyId?: string;
  readonly PubliclyAccessible: boolean;
  readonly LatestRestorableTime?: string;
  readonly DBSubnetGroup: { readonly DBSubnetGroupName: string };
  readonly VpcSecurityGroups: readonly { readonly VpcSecurityGroupId: string }[];
  readonly DBParameterGroups: readonly { readonly DBParameterGroupName: string }[];
}

const rds = <T>(...args: string[]): T => json<T>("aws", ["rds", ...args, "--output", "json"]);

const instance = (id: string): Instance => {
  const { DBInstances } = rds<{ DBInstances: Instance[] }>(
    ...["describe-db-instances", "--db-instance-identifier", id],
  );
  const [found] = DBInstances;
  if (found === undefined) throw new DrillError(`${id}: RDS shows no such instance.`);
  return found;
};

/** RDS: the newest restorable time is some minutes old, and holds what backup and logs hold together. */
export const aws: DrillCloud = {
  facts: (id) => {
    const found = instance(id);
    return {
      ready: found.DBInstanceStatus === "available",
      state: found.DBInstanceStatus,
      same: {
        engine: `${found.Engine} ${found.EngineVersion}`,
        encryption: found.StorageEncrypted ? (found.KmsKeyId ?? "AWS's own key") : "none",
        network: found.DBSubnetGroup.DBSubnetGroupName,
      },
      storageGiB: found.AllocatedStorage,
      public: found.PubliclyAccessible,
    };
  },
  newest: ({ id }) => {
    const { LatestRestorableTime: time } = instance(id);
    if (time === undefined)
      throw new DrillError(`${id}: has no backup; RDS shows no restorable time.`);
    return new Date(time);
  },
  restore: ({ id }, scratch) => {
    const source = instance(id);
    const groups = source.VpcSecurityGroups.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId);
    const [parameters] = source.DBParameterGroups.map((group) => group.DBParameterGroupName);
    rds(
      ...["restore-db-instance-to-point-in-time", "--use-latest-restorable-time"],
      ...["--source-db-instance-identifier", id, "--target-db-instance-identifier", scratch],
      ...["--db-subnet-group-name", source.DBSubnetGroup.DBSubnetGroupName],
      ...(groups.length > 0 ? ["--vpc-security-group-ids", ...groups] : []),
      ...(parameters === undefined ? [] : ["--db-parameter-group-name", parameters]),
      ...["--no-publicly-accessible", "--no-multi-az", "--no-deletion-protection"],
    );
  },
  scratchPlace: ({ place }) => place,
  list: (prefix) =>
    rds<{ DBInstances: Instance[] }>("describe-db-instances")
      .DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier)
      .filter((id) => id.startsWith(prefix)),
  remove: (scratch) => {
    rds(
      ...["delete-db-instance", "--db-instance-identifier", scratch],
      ...["--skip-final-snapshot", "--delete-automated-backups"],
    );
  },
};
