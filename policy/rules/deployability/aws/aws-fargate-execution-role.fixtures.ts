import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const ECR = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1";
const task = (container: unknown, more: object = {}) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    containerDefinitions: { json: [container] },
    ...more,
  });
const web = { name: "web", image: "public.example.com/web:1" };
const role = { executionRoleArn: "arn:aws:iam::111122223333:role/exec" };

export const fixtures: Fixtures = {
  good: [
    task(web),
    task({ ...web, image: ECR }, role),
    task({ ...web, image: ECR }, { executionRoleArn: unknown }),
    task({ ...web, image: ECR }, { requiresCompatibilities: ["EC2"] }),
    task({ ...web, secrets: [], logConfiguration: { logDriver: "awsfirelens" } }),
  ],
  bad: [
    task({ ...web, image: ECR }),
    task({ ...web, image: ECR }, { taskRoleArn: role.executionRoleArn }),
    task({ ...web, logConfiguration: { logDriver: "awslogs" } }),
    task({ ...web, secrets: [{ name: "A", valueFrom: unknown }] }),
    task({ ...web, repositoryCredentials: { credentialsParameter: unknown } }),
    task({ ...web, image: { concat: [{ ref: "repo.repositoryUrl" }, ":1"] } }),
    resource("aws:ecs/taskDefinition:TaskDefinition", {
      requiresCompatibilities: ["FARGATE"],
      containerDefinitions: JSON.stringify([web, { Name: "b", Image: ECR }]),
    }),
  ],
  missing: [
    passes(task(web, { containerDefinitions: undefined })),
    violates(task({ ...web, image: ECR }, { executionRoleArn: "" })),
  ],
  unknown: [
    task({ ...web, image: unknown }),
    task(web, { containerDefinitions: unknown }),
    task({ ...web, logConfiguration: unknown }),
  ],
  wrongType: [
    passes(task(web, { containerDefinitions: "no json" })),
    waits(task({ ...web, secrets: 7, image: unknown })),
  ],
};
