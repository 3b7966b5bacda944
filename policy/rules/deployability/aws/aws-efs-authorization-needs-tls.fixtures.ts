import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const files = resource("aws:efs/fileSystem:FileSystem", {}, "fs");
const task = (volume: unknown, more: object = {}) =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    { volumes: [{ name: "f", efsVolumeConfiguration: volume }], ...more },
    "td",
  );
const volume = (authorizationConfig: unknown, more: object = { transitEncryption: "ENABLED" }) => ({
  fileSystemId: { ref: "fs.id" },
  authorizationConfig,
  ...more,
});
const point = { accessPointId: { ref: "ap.id" } };
const iam = { iam: "ENABLED" };
const role = resource("aws:iam/role:Role", {}, "app");
const grant = (action: string, on: unknown = "*") =>
  resource(
    "aws:iam/rolePolicy:RolePolicy",
    {
      role: { ref: "app.id" },
      policy: { json: { Statement: [{ Effect: "Allow", Action: [action], Resource: on }] } },
    },
    "grant",
  );
const asApp = { taskRoleArn: { ref: "app.arn" } };

export const fixtures: Fixtures = {
  good: [
    passes(task(volume(point))),
    passes(task(volume(point, { transitEncryption: "ENABLED", rootDirectory: "/" }))),
    passes(task(volume(undefined, {}))),
    passes(task(volume({ iam: "DISABLED" }, {}))),
    passes(files, role, grant("elasticfilesystem:Client*"), task(volume(iam), asApp)),
    passes(
      files,
      role,
      grant("elasticfilesystem:ClientMount", { ref: "fs.arn" }),
      task(volume(iam), asApp),
    ),
  ],
  bad: [
    violates(task(volume(point, {}))),
    violates(task(volume(point, { transitEncryption: "DISABLED" }))),
    violates(task(volume(point, { transitEncryption: "ENABLED", rootDirectory: "/data" }))),
    violates(task(volume(iam, {}))),
    violates(task(volume(iam))),
    violates(files, role, grant("s3:GetObject"), task(volume(iam), asApp)),
  ],
  missing: [passes(task(undefined)), passes(resource("aws:ecs/taskDefinition:TaskDefinition", {}))],
  unknown: [
    waits(task(volume(point, { transitEncryption: unknown }))),
    waits(task(volume(iam), { taskRoleArn: unknown })),
    waits(task(volume(iam), { taskRoleArn: "arn:aws:iam::111122223333:role/app" })),
  ],
  wrongType: [passes(task(7)), violates(task(volume(point, { transitEncryption: 7 })))],
};
