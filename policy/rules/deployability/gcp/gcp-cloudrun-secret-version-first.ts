import { ofEach } from "../../../lib/deployability/each";
import { linked } from "../../../lib/deployability/gcp/named";
import { SECRET, SECRET_VERSION, WORKLOADS } from "../../../lib/deployability/gcp/types";
import { secretsOf, templateOf } from "../../../lib/deployability/gcp/workloads";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "gcp-cloudrun-secret-version-first",
  title: "What reads a secret on Cloud Run waits for a version of it",
  fails: {
    when: "create",
    effect: "error",
    answer: "Secret projects/.../secrets/.../versions/latest was not found.",
  },
  fix: "Pass the version of a SecretVersion, or let the service or job depend on it (dependsOn).",
  source: "https://cloud.google.com/run/docs/configuring/services/secrets",
  checkStack: ofEach(WORKLOADS, (workload, graph) => {
    if (templateOf(workload).unknown) return [];
    const before = graph.closure(workload);
    return secretsOf(workload).flatMap(({ secret: at, version }): Report[] => {
      const { resource: secret, open } = linked(graph, workload, at, SECRET);
      if (secret === undefined) return [...open];
      const versions = graph
        .ofType(SECRET_VERSION)
        .filter((one) => linked(graph, one, one.at("secret"), SECRET).resource === secret);
      if (versions.some((one) => before.has(one))) return [];
      const [later] = versions;
      if (later !== undefined)
        return [
          violation(at, `nothing makes it wait for ${later.name}, the version of ${secret.name}`),
        ];
      if (version.unknown) return [undecided(version)];
      return [violation(at, `the plan gives ${secret.name} no version`)];
    });
  }),
});
