import type { TypeTable } from "../lib/table";
import { KEY_ARN } from "./refs";

export const VOLUME = "aws:ebs/volume:Volume";

export const types: Record<string, TypeTable> = {
  [VOLUME]: {
    id: "vol-{hex:17}",
    defaults: { finalSnapshot: false },
    outputs: {
      arn: "arn:{partition}:ec2:{region}:{account}:volume/{id}",
      createTime: () => new Date().toISOString(),
      type: "gp2",
      encrypted: false,
    },
    references: { kmsKeyId: KEY_ARN },
    loose: ["kmsKeyId"],
    replaceOn: ["availabilityZone", "encrypted", "kmsKeyId", "snapshotId", "outpostArn"],
    validate: ({ size }) =>
      typeof size === "number" && (size < 1 || size > 65_536)
        ? [
            {
              property: "size",
              reason: `expected size to be in the range (1 - 65536), got ${size}`,
            },
          ]
        : [],
    missing: "api error InvalidVolume.NotFound: The volume '{value}' does not exist.",
    inUse: "api error VolumeInUse: Volume {id} is currently attached",
  },
};
