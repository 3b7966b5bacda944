import { resource } from "../../lib/fixture";
import type { PlainResource } from "../../lib/resource";
import * as examples from "./_examples";
import { plan, ref, type Changes } from "./_plan";

const IMAGE = "docker.io/ollama/ollama:0.12.6";
const OLLAMA = { ipProtocol: "tcp", fromPort: 11_434, toPort: 11_434 };

/** The example of AWS with a model server that `web` calls, and `worker`, which has nothing to do with it. */
export function aws(changes: Changes = {}): PlainResource[] {
  const service = (name: string, task: string, group: string) =>
    resource(
      "aws:ecs/service:Service",
      {
        taskDefinition: ref(`${task}.arn`),
        networkConfiguration: {
          ...{ subnets: [ref("inner.id")], securityGroups: [ref(`${group}.id`)] },
          assignPublicIp: false,
        },
      },
      name,
    );
  return plan(
    [
      ...examples.aws(),
      ...["model", "other"].map((name) =>
        resource("aws:ec2/securityGroup:SecurityGroup", { vpcId: ref("vpc.id") }, name),
      ),
      resource(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        {
          ...{ securityGroupId: ref("model.id"), referencedSecurityGroupId: ref("app.id") },
          ...OLLAMA,
        },
        "model-from-app",
      ),
      resource(
        "aws:ecs/taskDefinition:TaskDefinition",
        {
          containerDefinitions: {
            json: [{ name: "ollama", image: IMAGE, portMappings: [{ containerPort: 11_434 }] }],
          },
        },
        "model-task",
      ),
      service("ollama", "model-task", "model"),
      service("worker", "task", "other"),
    ],
    changes,
  );
}

/** The example of Azure with a model server that `web` calls in its environment. */
export function azure(changes: Changes = {}): PlainResource[] {
  return plan(
    [
      ...examples.azure({
        web: {
          template: {
            containers: [{ env: [{ name: "OLLAMA_BASE_URL", value: "http://ollama:11434" }] }],
          },
        },
      }),
      resource(
        "azure-native:app:ContainerApp",
        {
          ...{ containerAppName: "ollama", environmentId: ref("environment.id") },
          configuration: { ingress: { external: false, transport: "tcp", targetPort: 11_434 } },
          template: { containers: [{ image: IMAGE }] },
        },
        "ollama",
      ),
    ],
    changes,
  );
}

/** The example of Google Cloud with a model server that `web` may invoke. */
export function gcp(changes: Changes = {}): PlainResource[] {
  const [web] = examples.gcp().filter(({ name }) => name === "web");
  const template = (web?.props as { template: object }).template;
  return plan(
    [
      ...examples.gcp({ web: { template: { ...template, serviceAccount: ref("runner.email") } } }),
      ...["runner", "other"].map((name) =>
        resource("gcp:serviceaccount/account:Account", { accountId: name }, name),
      ),
      resource(
        "gcp:cloudrunv2/service:Service",
        {
          ...{ location: "europe-west1", ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" },
          template: { containers: [{ image: IMAGE, ports: { containerPort: 11_434 } }] },
        },
        "ollama",
      ),
      resource(
        "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        {
          ...{ name: ref("ollama.name"), role: "roles/run.invoker" },
          member: { concat: ["serviceAccount:", ref("runner.email")] },
        },
        "web-calls-ollama",
      ),
      resource(
        "gcp:cloudrunv2/service:Service",
        {
          ...{ location: "europe-west1", ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" },
          template: { serviceAccount: ref("other.email"), containers: [{ image: "acme/other:1" }] },
        },
        "worker",
      ),
    ],
    changes,
  );
}

/** The example of a Docker host with a model server that `web` calls on a network of their own. */
export function docker(changes: Changes = {}): PlainResource[] {
  const attached = (...names: string[]) => names.map((name) => ({ name: ref(`${name}.name`) }));
  return plan(
    [
      ...examples.docker({
        web: {
          envs: ["OLLAMA_BASE_URL=http://ollama:11434"],
          networksAdvanced: attached("middle", "back", "models"),
        },
      }),
      resource("docker:index/network:Network", { name: "models", internal: true }, "models"),
      resource(
        "docker:index/container:Container",
        { name: "ollama", image: IMAGE, networksAdvanced: attached("models") },
        "ollama",
      ),
      resource(
        "docker:index/container:Container",
        { name: "worker", image: "acme/worker:1", networksAdvanced: attached("middle") },
        "worker",
      ),
    ],
    changes,
  );
}
