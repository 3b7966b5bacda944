import { answered, awsNetwork } from "../../../lib/deployability/aws/reach";
import { FILE_SYSTEM, MOUNT_TARGET, SERVICE } from "../../../lib/deployability/aws/types";
import { about, type StackReport } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { reachabilityOf } from "../../../lib/reachability/reachability";

const NFS = 2049;

export const rule = deployability({
  id: "aws-efs-mount-target-sg",
  title: "Mount targets let in NFS from the tasks that mount the files",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: mount.nfs4: Connection timed out",
  },
  fix: "Give each MountTarget a security group that lets TCP 2049 in from the tasks' group, and let the tasks' group out to it; without one the VPC's default group decides.",
  source: "https://docs.aws.amazon.com/efs/latest/ug/network-access.html",
  checkStack: {
    types: [MOUNT_TARGET, SERVICE],
    run: (graph) => {
      if (graph.ofType(FILE_SYSTEM).length === 0) return [];
      const { uses } = reachabilityOf(graph);
      const { nodes, traffic } = awsNetwork(graph);
      return uses
        .filter(({ target }) => target.resource.type === FILE_SYSTEM)
        .flatMap(({ client, target }): StackReport[] => {
          const task = nodes.find(({ resource }) => resource === client.resource);
          const files = nodes.find((node) => node === target);
          if (task === undefined || files === undefined) return [];
          const at = client.resource.at("networkConfiguration");
          return about(
            client.resource,
            task.interfaces.flatMap((own) =>
              files.interfaces.flatMap((mount) =>
                answered(
                  at,
                  traffic.allowed(own, mount, NFS),
                  `the tasks do not reach a mount target of ${files.name} on port ${NFS}`,
                ),
              ),
            ),
          );
        });
    },
  },
});
