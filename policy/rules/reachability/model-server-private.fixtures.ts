import {
  given,
  passes,
  resource,
  unknown,
  violates,
  waits,
  type Fixtures,
} from "../../lib/fixture";
import * as examples from "./_examples";
import { aws, azure, docker, gcp } from "./_model-servers";

const ref = (output: string) => ({ ref: output });
const attached = (...names: string[]) => names.map((name) => ({ name: ref(`${name}.name`) }));
const containers = (...all: object[]) => ({ containerDefinitions: { json: all } });
const network = (assignPublicIp: unknown) => ({
  networkConfiguration: {
    ...{ subnets: [ref("outer.id")], securityGroups: [ref("model.id")], assignPublicIp },
  },
});
const toWorld = { referencedSecurityGroupId: undefined, cidrIpv4: "0.0.0.0/0" };
const ingress = (props: object) => ({ ollama: { configuration: { ingress: props } } });
const beside = (type: string, props: object = {}) =>
  resource(type, { environmentId: ref("environment.id"), template: {}, ...props }, "beside");
const granted = (member: unknown) => ({ "web-calls-ollama": { member } });

export const fixtures: Fixtures = {
  good: [
    passes(...aws()),
    passes(...azure()),
    passes(...gcp()),
    passes(...docker()),
    // A server in the gateway's own task, which no security group lets anybody in to.
    passes(
      ...aws({
        ...{ "model-task": undefined, ollama: undefined, "model-from-app": undefined },
        task: containers({ name: "web" }, { name: "ollama", image: "ollama/ollama:0.12.6" }),
      }),
    ),
    // What Azure's network cannot keep out, and what ends.
    passes(...azure(), beside("azure-native:app:Job")),
    passes(...gcp({ "web-calls-ollama": undefined })),
    // A job that loads the models is no second gateway.
    passes(
      ...docker({
        worker: {
          ...{ mustRun: false, networksAdvanced: attached("models") },
          envs: ["OLLAMA_HOST=http://ollama:11434"],
        },
      }),
    ),
    // A web interface of models is no server of them.
    passes(...examples.docker({ web: { image: "ghcr.io/open-webui/open-webui:v0.6.32" } })),
  ],
  bad: [
    violates(...aws({ "model-from-app": toWorld })),
    violates(...aws({ ollama: network(true), "model-from-app": toWorld })),
    violates(...aws({ "model-from-app": { referencedSecurityGroupId: ref("edge.id") } })),
    violates(
      ...aws(),
      resource(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        {
          ...{ securityGroupId: ref("model.id"), referencedSecurityGroupId: ref("other.id") },
          ...{ ipProtocol: "tcp", fromPort: 11_000, toPort: 12_000 },
        },
        "model-from-other",
      ),
    ),
    violates(
      ...aws({
        "model-from-app": { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/16" },
      }),
    ),
    violates(
      ...aws({
        worker: {
          networkConfiguration: { subnets: [ref("inner.id")], securityGroups: [ref("app.id")] },
        },
      }),
    ),
    violates(
      ...aws({
        ollama: { loadBalancers: [{ targetGroupArn: ref("targets.arn"), containerPort: 11_434 }] },
      }),
    ),
    violates(...azure(ingress({ external: true, targetPort: 11_434 }))),
    violates(...azure(), beside("azure-native:app:ContainerApp")),
    given({ acceptedSharing: [] }, violates(...azure(), beside("azure-native:app:Job"))),
    violates(...gcp({ ollama: { ingress: "INGRESS_TRAFFIC_ALL" } })),
    violates(...gcp({ ollama: { invokerIamDisabled: true } })),
    violates(...gcp(granted("allUsers"))),
    violates(
      ...gcp(),
      resource(
        "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        {
          ...{ name: ref("ollama.name"), role: "roles/run.invoker" },
          member: { concat: ["serviceAccount:", ref("other.email")] },
        },
        "worker-calls-ollama",
      ),
    ),
    violates(...gcp({ endpoints: { cloudRun: { service: ref("ollama.name") } } })),
    violates(...docker({ worker: { networksAdvanced: attached("models") } })),
    violates(
      ...docker({
        worker: {
          ...{ networksAdvanced: attached("models") },
          envs: ["OLLAMA_HOST=http://ollama:11434"],
        },
      }),
    ),
    violates(
      ...docker({
        ollama: {
          ...{ networksAdvanced: attached("models", "front") },
          ports: [{ internal: 11_434, external: 11_434 }],
        },
      }),
    ),
    violates(...docker({ ollama: { networkMode: "host" } })),
    violates(
      ...docker({
        worker: { volumes: [{ hostPath: "/var/run/docker.sock", containerPath: "/s" }] },
      }),
    ),
    violates(
      ...docker({
        ollama: { image: "vllm/vllm-openai:v0.11.0" },
        worker: { networksAdvanced: attached("models") },
      }),
    ),
  ],
  missing: [
    passes(...azure({ ollama: { configuration: undefined } })),
    passes(...docker({ ollama: { image: undefined }, web: { envs: [] } })),
    violates(...gcp({ ollama: { ingress: undefined } })),
  ],
  unknown: [
    waits(...aws({ "model-from-app": { referencedSecurityGroupId: "sg-outside" } })),
    waits(
      ...aws({
        worker: { networkConfiguration: { subnets: [ref("inner.id")], securityGroups: unknown } },
      }),
    ),
    waits(...azure(ingress({ external: unknown, targetPort: 11_434 }))),
    waits(...gcp({ ollama: { ingress: unknown } })),
    waits(...gcp({ ollama: { invokerIamDisabled: unknown } })),
    waits(...gcp(granted(unknown))),
    waits(...docker({ worker: { networksAdvanced: unknown } })),
    // Who else is on a network that others made is not in the plan.
    waits(...docker({ ollama: { networksAdvanced: [...attached("models"), { name: "proxy" }] } })),
  ],
  wrongType: [
    passes(...aws({ "model-task": containers({ name: "ollama", image: 7, portMappings: "all" }) })),
    violates(...azure(ingress({ external: "true", targetPort: "11434" }))),
  ],
};
