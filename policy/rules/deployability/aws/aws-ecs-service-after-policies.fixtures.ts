import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const role = resource("aws:iam/role:Role", {}, "exec");
const attachment = (props: object = { role: { ref: "exec.name" } }) =>
  resource(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    {
      policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
      ...props,
    },
    "base",
  );
const inline = resource(
  "aws:iam/rolePolicy:RolePolicy",
  { role: { ref: "exec.id" }, policy: "{}" },
  "inline",
);
const task = (props: object = { executionRoleArn: { ref: "exec.arn" } }) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", props, "td");
const service = (dependsOn: string[] = [], taskDefinition: unknown = { ref: "td.arn" }) =>
  resource("aws:ecs/service:Service", { taskDefinition }, "svc", { opts: { dependsOn } });

export const fixtures: Fixtures = {
  good: [
    passes(role, attachment(), task(), service(["base"])),
    passes(role, attachment(), { ...task(), opts: { dependsOn: ["base"] } }, service()),
    passes(role, task(), service()),
    passes(role, attachment(), task({}), service()),
    passes(
      resource("my:index:Identity", {}, "identity"),
      { ...role, parent: "identity" },
      { ...attachment(), parent: "identity" },
      task(),
      service(["identity"]),
    ),
  ],
  bad: [
    violates(role, attachment(), task(), service()),
    violates(role, attachment(), inline, task(), service(["base"])),
    violates(role, inline, task({ taskRoleArn: { ref: "exec.arn" } }), service(["exec"])),
    violates(
      role,
      resource("aws:iam/policyAttachment:PolicyAttachment", {
        roles: [{ ref: "exec.name" }],
        policyArn: "a",
      }),
      task(),
      service(),
    ),
    violates(
      { ...role, props: { name: "exec-role" } },
      attachment({ role: "exec-role" }),
      task(),
      service(),
    ),
  ],
  missing: [passes(role, attachment(), task(), service([], null))],
  unknown: [waits(role, attachment(), task(), service([], unknown)), waits(service([], "web:1"))],
  wrongType: [passes(role, attachment({ role: 7 }), task(), service())],
};
