import { revealed, type Deployed, type Properties } from "../support/deployed";
import { entryOf, existing, only, type CloudReader } from "./reader";

const SERVICE = "gcp:cloudrunv2/service:Service";
const JOB = "gcp:cloudrunv2/job:Job";
const SECRET = "gcp:secretmanager/secret:Secret";

/** What a service's or a job's containers are made of; a job has it one level deeper. */
function template(stack: Deployed, name: string): Properties {
  const found = [...stack.within(name, SERVICE), ...stack.within(name, JOB)];
  const outer = only(`services and jobs of ${name}`, found).inputs["template"] as Properties;
  return (outer["template"] ?? outer) as Properties;
}

/** Entry of the bundle by every form in which a secret is named. */
function entries(stack: Deployed): Map<string, string> {
  const names = new Map(existing(stack));
  for (const secret of stack.within("secrets", SECRET)) {
    names.set(String(secret.id), entryOf(secret));
    names.set(String(secret.inputs["secretId"]), entryOf(secret));
  }
  return names;
}

export const gcp: CloudReader = {
  cloud: "gcp",

  workload: (plain, name) => {
    const { containers, serviceAccount } = template(plain, name);
    const [own = {}] = containers as Properties[];
    const variables = (own["envs"] ?? []) as Properties[];
    const names = entries(plain);
    const command = [...(own["commands"] ?? []), ...(own["args"] ?? [])] as string[];
    return {
      images: (containers as Properties[]).map(({ image }) => image as string),
      ...(command.length > 0 ? { command } : {}),
      env: Object.fromEntries(
        variables.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
      ),
      secrets: Object.fromEntries(
        variables.flatMap(({ name, valueSource }) => {
          const secret = valueSource?.secretKeyRef.secret as string | undefined;
          return secret === undefined ? [] : [[name, names.get(secret) ?? secret]];
        }),
      ),
      readable: plain
        .of("gcp:secretmanager/secretIamMember:SecretIamMember")
        .filter(({ inputs }) => inputs["member"] === `serviceAccount:${serviceAccount}`)
        // Authorities of certificates reach a container as a secret, too; they are public.
        .flatMap(({ inputs }) => names.get(String(inputs["secretId"])) ?? [])
        .sort(),
    };
  },

  secrets: (plain) =>
    Object.fromEntries(
      plain
        .within("secrets", "gcp:secretmanager/secretVersion:SecretVersion")
        .map((version) => [
          entryOf(version).replace(/-value$/, ""),
          revealed(version.inputs["secretData"]) as string,
        ]),
    ),

  routes: (plain) => {
    const { hostRules, pathMatchers } = plain.one(
      "gcp:compute/uRLMap:URLMap",
      "edge-routes",
    ).inputs;
    return (hostRules as Properties[]).flatMap(({ hosts, pathMatcher }) => {
      const matcher = (pathMatchers as Properties[]).find(({ name }) => name === pathMatcher);
      return ((matcher?.["routeRules"] ?? []) as Properties[]).flatMap(({ matchRules, service }) =>
        (matchRules as Properties[])
          // Those with a header lead to a candidate.
          .filter(({ headerMatches }) => headerMatches === undefined)
          .flatMap(({ prefixMatch, fullPathMatch }) =>
            (hosts as string[]).map((host) => ({
              host,
              path: prefixMatch === undefined ? (fullPathMatch as string) : `${prefixMatch}*`,
              service: String(serviceOf(plain, service as string)),
            })),
          ),
      );
    });
  },

  run: (plain, job) => only(`runs of ${job}`, plain.within(job, JOB)),

  serving: (plain, service) => plain.within(service, SERVICE),
};

/** The component behind a backend service of the balancer. */
function serviceOf(stack: Deployed, backend: string): string | undefined {
  const found = stack.of("gcp:compute/backendService:BackendService").find((e) => e.id === backend);
  const group = (found?.inputs["backends"] as Properties[])[0]?.["group"] as string;
  const endpoints = stack
    .of("gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup")
    .find(({ id }) => id === group);
  const { service } = endpoints?.inputs["cloudRun"] as Properties;
  return stack
    .components("ContainerService")
    .find((each) => stack.within(each, SERVICE).some(({ outputs }) => outputs["name"] === service));
}
