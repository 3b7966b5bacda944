import { zonesOf } from "../../../lib/deployability/aws/networks";
import { tasksOf } from "../../../lib/deployability/aws/tasks";
import {
  FILE_SYSTEM,
  MOUNT_TARGET,
  SERVICE,
  SUBNET,
  VPC,
} from "../../../lib/deployability/aws/types";
import {
  about,
  targets,
  valuesAt,
  type StackReport,
  type Targets,
} from "../../../lib/deployability/links";
import { ordered } from "../../../lib/deployability/ordering";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { violation, type Report } from "../../../lib/rule";

const ACCESS_POINT = "aws:efs/accessPoint:AccessPoint";

const waiting = ordered({
  of: [SERVICE],
  parents: [FILE_SYSTEM],
  uses: filesOf,
  siblings: { [MOUNT_TARGET]: ["fileSystemId"] },
  need: "every",
  none: (files) => `the file system ${files.name} has no mount target`,
  later: (mount, files) =>
    `the service does not wait for ${mount.name}, by which ${files.name} is reached`,
});

export const rule = deployability({
  id: "aws-efs-mount-targets-first",
  title: "Shared files have a mount target in every zone before a service mounts them",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "ResourceInitializationError: failed to invoke EFS utils commands: Failed to resolve the file system's name - check that the VPC has an EFS mount target.",
  },
  fix: "Make one MountTarget in each zone the service runs in, let the service depend on them, and switch enableDnsSupport and enableDnsHostnames of the VPC on.",
  source: "https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html",
  checkStack: {
    types: [SERVICE, MOUNT_TARGET],
    run: (graph, context) => [
      ...waiting.run(graph, context),
      ...graph.ofType(SERVICE).flatMap((service) => checkZones(graph, service)),
      ...oncePerZone(graph),
    ],
  },
});

/** File systems that the tasks of a service mount. */
function filesOf(graph: Graph, service: Resource): Targets {
  const { found, open } = tasksOf(graph, service);
  const at = service.at("taskDefinition");
  const volumes = found.flatMap(({ resource: task }) =>
    valuesAt(task.props, "volumes[].efsVolumeConfiguration.fileSystemId").map((id) => ({
      task,
      id,
    })),
  );
  const files = volumes.flatMap(({ task, id }) => {
    const { resources } = graph.links(task, id, [FILE_SYSTEM, ACCESS_POINT]);
    return resources.filter(({ type }) => type === FILE_SYSTEM);
  });
  return {
    found: [...new Set(files)].map((resource) => ({ resource, at })),
    open: found.length === 0 ? open : [],
  };
}

function mountsOf(graph: Graph, files: Resource): Resource[] {
  return graph
    .referrers(files, MOUNT_TARGET)
    .filter((mount) =>
      graph.links(mount, mount.at("fileSystemId"), [FILE_SYSTEM]).resources.includes(files),
    );
}

function checkZones(graph: Graph, service: Resource): StackReport[] {
  const subnets = service.at("networkConfiguration.subnets");
  if (subnets.absent || subnets.unknown) return [];
  const runs = zonesOf(graph, service, subnets.each);
  return about(
    service,
    filesOf(graph, service).found.flatMap(({ resource: files }): Report[] => {
      const mounts = mountsOf(graph, files);
      const zones = mounts.map((mount) => zonesOf(graph, mount, [mount.at("subnetId")]));
      if (mounts.length === 0 || zones.some(({ open }) => open !== undefined)) return [];
      const covered = new Set(zones.flatMap(({ known }) => [...known.keys()]));
      const missing = [...runs.known.keys()].filter((zone) => !covered.has(zone));
      if (missing.length > 0)
        return [violation(subnets, `${files.name} has no mount target in ${missing.join(", ")}`)];
      return checkNames(graph, mounts, subnets.path);
    }),
  );
}

/** The file system's name is resolved by the VPC's own resolver. */
function checkNames(graph: Graph, mounts: readonly Resource[], path: string): Report[] {
  const vpcs = mounts.flatMap((mount) =>
    targets(graph, mount, [mount.at("subnetId")], SUBNET).found.flatMap(
      ({ resource: subnet }) => graph.links(subnet, subnet.at("vpcId"), [VPC]).resources,
    ),
  );
  return [...new Set(vpcs)].flatMap((vpc) => {
    const hostnames = vpc.at("enableDnsHostnames");
    const support = vpc.at("enableDnsSupport");
    const off = support.boolean === false ? support : hostnames;
    if (hostnames.unknown || (hostnames.boolean === true && support.boolean !== false)) return [];
    return [{ ...violation(off, `${off.path} of ${vpc.name} is off`), path }];
  });
}

function oncePerZone(graph: Graph): StackReport[] {
  const seen = new Map<string, Resource>();
  return graph.ofType(MOUNT_TARGET).flatMap((mount) => {
    const [files] = graph.links(mount, mount.at("fileSystemId"), [FILE_SYSTEM]).resources;
    const [zone] = zonesOf(graph, mount, [mount.at("subnetId")]).known.keys();
    if (files === undefined || zone === undefined) return [];
    const key = `${files.urn} ${zone}`;
    const first = seen.get(key);
    seen.set(key, mount);
    if (first === undefined) return [];
    return about(mount, [
      {
        ...violation(mount.at("subnetId"), `${first.name} is in ${zone} already`),
        answer: "MountTargetConflict: mount target already exists in this AZ",
      },
    ]);
  });
}
