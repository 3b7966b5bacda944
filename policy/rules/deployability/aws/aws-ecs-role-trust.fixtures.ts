import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const trust = (principal: unknown, action: unknown = "sts:AssumeRole") => ({
  json: { Statement: [{ Effect: "Allow", Principal: principal, Action: action }] },
});
const role = (assumeRolePolicy: unknown, name = "exec") =>
  resource("aws:iam/role:Role", { assumeRolePolicy }, name);
const task = (props: object) => resource("aws:ecs/taskDefinition:TaskDefinition", props, "td");
const executed = task({ executionRoleArn: { ref: "exec.arn" } });
const tasks = { Service: "ecs-tasks.amazonaws.com" };

export const fixtures: Fixtures = {
  good: [
    passes(role(trust(tasks)), executed),
    passes(role(trust({ Service: ["ec2.amazonaws.com", tasks.Service] })), executed),
    passes(role(trust(tasks, ["sts:AssumeRole", "sts:TagSession"])), executed),
    passes(role(JSON.stringify(trust(tasks).json)), executed),
    passes(role(trust({ Service: "lambda.amazonaws.com" }), "fn"), role(trust(tasks)), executed),
  ],
  bad: [
    violates(role(trust({ Service: "ecs.amazonaws.com" })), executed),
    violates(role(JSON.stringify(trust({ Service: "ec2.amazonaws.com" }).json)), executed),
    violates(role(trust({ AWS: "arn:aws:iam::111122223333:root" })), executed),
    violates(role(trust(tasks, "sts:TagSession")), executed),
    violates(
      role(trust(tasks)),
      role(trust({ Service: "ecs.amazonaws.com" }), "app"),
      task({ executionRoleArn: { ref: "exec.arn" }, taskRoleArn: { ref: "app.arn" } }),
    ),
  ],
  missing: [passes(task({})), violates(role(undefined), executed)],
  unknown: [
    waits(role(unknown), executed),
    waits(role(trust({ Service: unknown })), executed),
    waits(task({ executionRoleArn: unknown })),
    waits(task({ executionRoleArn: "arn:aws:iam::111122223333:role/exec" })),
  ],
  wrongType: [violates(role("no json"), executed), passes(task({ executionRoleArn: 7 }))],
};
