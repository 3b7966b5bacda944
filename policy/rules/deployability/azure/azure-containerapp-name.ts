import { JOB, WORKLOADS } from "../../../lib/deployability/azure/types";
import { deployability } from "../../../lib/deployability/rule";
import { mustMatch, physicalName } from "../../../lib/deployability/values";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const NAME = /^[a-z](?!.*--)[a-z0-9-]{0,30}[a-z0-9]$/;
/** What a logical name must be like, so that eight hexadecimal digits behind it make a name. */
const STEM = /^[a-z](?!.*--)[a-z0-9-]{0,23}$/;
const SECRET = /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/;

export const rule = deployability({
  id: "azure-containerapp-name",
  title: "Names of container apps, jobs and their secrets are of the kind the service takes",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "ContainerAppInvalidName: A name must consist of lower case alphanumeric characters or '-', start with an alphabetic character and cannot have '--'. The length must not be more than 32 characters.",
  },
  fix: "Take 2 to 32 lower-case letters, digits and single hyphens that begin with a letter; a logical name of at most 24, since the provider adds eight digits.",
  source: "https://learn.microsoft.com/azure/container-apps/",
  check: forTypes(WORKLOADS, (workload) => [...checkName(workload), ...checkSecrets(workload)]),
});

function checkName(workload: Resource): Report[] {
  const property = workload.type === JOB ? "jobName" : "containerAppName";
  const name = physicalName(workload, property);
  if (name === undefined) return [undecided(workload.at(property))];
  if (name.kind === "given")
    return NAME.test(name.text) ? [] : [violation(name.at, `"${name.text}" is no name for it`)];
  return STEM.test(name.text)
    ? []
    : [
        violation(
          name.at,
          `the logical name "${name.text}" and eight digits behind it make no name for it`,
        ),
      ];
}

function checkSecrets(workload: Resource): Report[] {
  return workload.at("configuration.secrets").items.flatMap((secret) => {
    const found = mustMatch(secret.at("name"), SECRET, (text) => `"${text}" is no secret's name`);
    return found.map((report) => ({
      ...report,
      answer:
        "ContainerAppSecretInvalid: A secret's name must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character.",
    }));
  });
}
