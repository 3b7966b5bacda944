import {
  revealed,
  type Deployed,
  type DeployedResource,
  type Properties,
} from "../support/deployed";
import { entryOf, existing, only, type CloudReader } from "./reader";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const SECRET = "aws:secretsmanager/secret:Secret";

/** Containers of a workload's task, its own first; a task may have a helper beside it. */
export function containers(stack: Deployed, name: string): Properties[] {
  const { inputs } = only(`${TASK} in ${name}`, stack.within(name, TASK));
  const all = JSON.parse(inputs["containerDefinitions"] as string) as Properties[];
  return [...all].sort((a, b) => Number(b["name"] === name) - Number(a["name"] === name));
}

/** Statements of a policy document. */
export const statements = (policy: DeployedResource): Properties[] =>
  [(JSON.parse(String(policy.inputs["policy"])) as Properties)["Statement"]].flat();

/** Entry by ARN of the secret. */
function entries(stack: Deployed): (arn: string) => string {
  const names = new Map(existing(stack));
  for (const secret of stack.of(SECRET)) names.set(String(secret.outputs["arn"]), entryOf(secret));
  return (arn) => names.get(arn) ?? arn;
}

/** Entries that a role may read. */
export function readableBy(stack: Deployed, role: string): string[] {
  return stack
    .of("aws:iam/rolePolicy:RolePolicy")
    .filter(({ name }) => name === role)
    .flatMap(statements)
    .filter((each) => [each["Action"]].flat().includes("secretsmanager:GetSecretValue"))
    .flatMap((each) => ([each["Resource"]].flat() as string[]).map(entries(stack)))
    .sort();
}

export const aws: CloudReader = {
  cloud: "aws",

  workload: (plain, name) => {
    const all = containers(plain, name);
    const [own = {}] = all;
    const variables = (own["environment"] ?? []) as { name: string; value: string }[];
    const secrets = (own["secrets"] ?? []) as { name: string; valueFrom: string }[];
    const command = [...(own["entryPoint"] ?? []), ...(own["command"] ?? [])] as string[];
    const entry = entries(plain);
    return {
      images: all.map(({ image }) => image as string),
      ...(command.length > 0 ? { command } : {}),
      env: Object.fromEntries(variables.map((each) => [each.name, each.value])),
      secrets: Object.fromEntries(secrets.map((each) => [each.name, entry(each.valueFrom)])),
      // The agent reads for the container with one role, the program itself has the other.
      readable: [`${name}-execution`, `${name}-task`]
        .flatMap((role) => readableBy(plain, role))
        .sort(),
    };
  },

  secrets: (plain) =>
    Object.fromEntries(
      plain
        .within("secrets", "aws:secretsmanager/secretVersion:SecretVersion")
        .map((version) => [entryOf(version), revealed(version.inputs["secretString"]) as string]),
    ),

  routes: (plain) => {
    const services = plain.components("ContainerService");
    const groups = new Map(services.map((service) => [service, targets(plain, service)]));
    return plain
      .of("aws:lb/listenerRule:ListenerRule")
      .filter(({ name }) => name.startsWith("edge-route-"))
      .flatMap(({ inputs }) => {
        const conditions = inputs["conditions"] as Properties[];
        const values = (kind: string): string[] =>
          conditions.flatMap((each) => (each[kind]?.values ?? []) as string[]);
        const actions = JSON.stringify(inputs["actions"]);
        const service = services.find((each) =>
          groups.get(each)?.some((group) => actions.includes(`"${group}"`)),
        );
        const paths = values("pathPattern");
        return values("hostHeader").flatMap((host) =>
          (paths.length > 0 ? paths : ["/*"]).map((path) => ({
            host,
            path,
            service: `${service}`,
          })),
        );
      });
  },

  run: (plain, job) =>
    only(`runs of ${job}`, plain.within(job, "aws:lambda/invocation:Invocation")),

  serving: (plain, service) => plain.within(service, "aws:ecs/service:Service"),
};

/** Target groups that a service registers its tasks with, both colours. */
function targets(stack: Deployed, service: string): string[] {
  const { inputs } = only(`services of ${service}`, aws.serving(stack, service));
  return ((inputs["loadBalancers"] ?? []) as Properties[]).flatMap((balancer) => {
    const other = balancer["advancedConfiguration"]?.alternateTargetGroupArn as string | undefined;
    return [balancer["targetGroupArn"] as string, ...(other ? [other] : [])];
  });
}
