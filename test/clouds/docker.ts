import {
  revealed,
  type Deployed,
  type DeployedResource,
  type Properties,
} from "../support/deployed";
import { only, type CloudReader } from "./reader";

export const CONTAINER = "docker:index/container:Container";
const FILES = "/run/portolan/";

/** Containers that run; the others only carry files into volumes. */
export const running = (containers: readonly DeployedResource[]): DeployedResource[] =>
  containers.filter(({ inputs }) => inputs["start"] !== false);

/** A component's containers that run; for a service its replicas. */
export const containersOf = (stack: Deployed, name: string): DeployedResource[] =>
  running(stack.within(name, CONTAINER));

/** A variable of a container; empty when it has none of that name. */
export function variable({ inputs }: DeployedResource, name: string): string {
  const lines = (inputs["envs"] ?? []) as string[];
  return (lines.find((line) => line.startsWith(`${name}=`)) ?? "").slice(name.length + 1);
}

/** Reference of an image by its id on the host. */
function reference(stack: Deployed, id: string): string {
  const pulled = stack
    .of("docker:index/remoteImage:RemoteImage")
    .find(({ outputs }) => outputs["imageId"] === id);
  const built = stack
    .of("docker:index/image:Image")
    .find(({ outputs }) => outputs["repoDigest"] === id);
  return String(pulled?.inputs["name"] ?? built?.inputs["imageName"] ?? id);
}

/** Texts of the files that a component's containers find, by path below their folder. */
export function files(stack: Deployed, name: string): Map<string, string> {
  const uploads = stack
    .within(name, CONTAINER)
    .flatMap(({ inputs }) => (revealed(inputs["uploads"]) ?? []) as Properties[]);
  return new Map(
    uploads.map(({ file, content }) => [
      String(file).slice(FILES.length),
      revealed(content) as string,
    ]),
  );
}

/** Variable -> entry, of the secrets a workload finds as files; the description names the entries. */
function secretsOf(stack: Deployed, name: string): Record<string, string> {
  const { secrets, containers = {} } = stack.component(name).inputs;
  const parts = Object.values(containers as Record<string, Properties>);
  const described = Object.assign({}, secrets, ...parts.map((each) => each["secrets"])) as Record<
    string,
    string
  >;
  return Object.fromEntries(
    [...files(stack, name).keys()]
      .filter((file) => file.startsWith("env/"))
      .map((file) => file.slice("env/".length))
      .map((variable) => [variable, described[variable] ?? `not described: ${variable}`]),
  );
}

export const docker: CloudReader = {
  cloud: "docker",

  workload: (plain, name) => {
    const [first] = containersOf(plain, name);
    if (!first) throw new Error(`${name} has no container`);
    const { image, envs, command } = first.inputs;
    const secrets = secretsOf(plain, name);
    const described = plain.component(name).inputs["command"] as string[] | undefined;
    return {
      images: [reference(plain, image as string)],
      ...(described ? { command: command as string[] } : {}),
      env: Object.fromEntries(
        ((envs ?? []) as string[]).map((line) => {
          const at = line.indexOf("=");
          return [line.slice(0, at), line.slice(at + 1)];
        }),
      ),
      secrets,
      readable: [...new Set(Object.values(secrets))].sort(),
    };
  },

  // There is no store: an entry is what its readers find.
  secrets: (plain) =>
    Object.fromEntries(
      ["ContainerService", "OneOffJob", "DockerHost"]
        .flatMap((kind) => plain.components(kind))
        .flatMap((workload) => {
          const found = files(plain, workload);
          return Object.entries(secretsOf(plain, workload)).map(([variable, entry]) => [
            entry,
            found.get(`env/${variable}`) ?? "",
          ]);
        }),
    ),

  routes: (plain) => {
    const services = plain.components("ContainerService");
    const config = variable(plain.one(CONTAINER, "edge-routes"), "EDGE_CONFIG");
    const { apps } = JSON.parse(config) as Properties;
    return (apps["http"].servers.edge.routes as Properties[]).flatMap(({ match, handle }) => {
      const hosts = (match?.[0].host ?? []) as string[];
      return ((handle[0].routes ?? []) as Properties[]).flatMap((inner) => {
        const proxy = (inner["handle"] as Properties[]).find(
          ({ handler }) => handler === "reverse_proxy",
        );
        if (!proxy) return [];
        const [replica = ""] = ((proxy["upstreams"] ?? []) as { dial: string }[]).map(
          ({ dial }) => dial.split(":")[0],
        );
        const service = services.find((each) =>
          containersOf(plain, each).some(({ name }) => name === replica),
        );
        const paths = (inner["match"]?.[0].path ?? ["/*"]) as string[];
        return hosts.flatMap((host) =>
          paths.map((path) => ({ host, path, service: String(service) })),
        );
      });
    });
  },

  run: (plain, job) =>
    only(`runs of ${job}`, plain.within(job, "random:index/randomUuid:RandomUuid")),

  serving: containersOf,
};
