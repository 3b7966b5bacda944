import { grants, rolesOf } from "../../../lib/deployability/aws/iam";
import { TASK } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "aws-efs-authorization-needs-tls",
  title: "Files behind an access point or IAM are mounted with TLS, from their root",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "ClientException: Invalid 'efsVolumeConfiguration' setting: transit encryption must be enabled when using an access point or IAM authorization.",
  },
  fix: 'Set transitEncryption "ENABLED", leave rootDirectory out, and with iam "ENABLED" grant the task role elasticfilesystem:ClientMount.',
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html",
  check: { [TASK]: (task) => volumesOf(task).flatMap(checkVolume) },
  checkStack: {
    types: [TASK],
    run: (graph) =>
      graph.ofType(TASK).flatMap((task) =>
        about(
          task,
          volumesOf(task).flatMap((volume) => checkRole(graph, task, volume)),
        ),
      ),
  },
});

function volumesOf(task: Resource): Value[] {
  return task
    .at("volumes")
    .items.map((volume) => volume.at("efsVolumeConfiguration"))
    .filter((volume) => volume.isObject && volume.at("authorizationConfig").present);
}

function checkVolume(volume: Value): Report[] {
  const authorization = volume.at("authorizationConfig");
  const uses = [authorization, authorization.at("accessPointId"), authorization.at("iam")];
  const transit = volume.at("transitEncryption");
  const point = authorization.at("accessPointId");
  const asks = (point.present && point.text !== "") || authorization.at("iam").isWord("ENABLED");
  if (!asks && !uses.some((value) => value.unknown)) return [];
  const reports: Report[] = [];
  if (transit.unknown) reports.push(undecided(transit));
  else if (!transit.isWord("ENABLED"))
    reports.push(violation(transit, "the volume has an authorizationConfig, but no TLS"));
  const root = volume.at("rootDirectory");
  if (root.text !== undefined && !["", "/"].includes(root.text) && point.present)
    reports.push({
      ...violation(root, `an access point has its own root, not ${root.text}`),
      answer:
        "ClientException: Invalid 'efsVolumeConfiguration' setting: rootDirectory must be omitted or '/' with an access point.",
    });
  return reports;
}

function checkRole(graph: Graph, task: Resource, volume: Value): Report[] {
  const iam = volume.at("authorizationConfig.iam");
  if (!iam.isWord("ENABLED")) return [];
  const role = task.at("taskRoleArn");
  const answer =
    "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: access denied by server while mounting";
  if (role.absent)
    return [{ ...violation(role, "files are opened by IAM, but there is no task role"), answer }];
  const { found, open } = rolesOf(graph, task, "taskRoleArn");
  return [
    ...open,
    ...found.flatMap(({ resource, at }): Report[] => {
      const granted = grants(graph, resource, {
        action: "elasticfilesystem:ClientMount",
        covers: (owner, value) => coversFiles(graph, task, volume, owner, value),
      });
      if (granted === true) return [];
      if (granted !== false) return [{ ...granted, path: at.path }];
      // The file system's own policy may grant it to everybody of the account.
      return graph.ofType("aws:efs/fileSystemPolicy:FileSystemPolicy").length > 0
        ? []
        : [
            {
              ...violation(at, `the role ${resource.name} has no elasticfilesystem:ClientMount`),
              answer,
            },
          ];
    }),
  ];
}

function coversFiles(
  graph: Graph,
  task: Resource,
  volume: Value,
  owner: Resource,
  value: Value,
): boolean | undefined {
  const [files] = graph.links(task, volume.at("fileSystemId")).resources;
  if (files !== undefined && graph.links(owner, value).resources.includes(files)) return true;
  return value.unknown || /[*?]/.test(value.text ?? "")
    ? undefined
    : files === undefined && undefined;
}
