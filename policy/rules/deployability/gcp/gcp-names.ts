import { deployability } from "../../../lib/deployability/rule";
import { physicalName } from "../../../lib/deployability/values";
import {
  ACCOUNT,
  BUCKET,
  REPOSITORY,
  RUN_JOB,
  RUN_SERVICE,
  SECRET,
} from "../../../lib/deployability/gcp/types";
import { undecided, violation, type Check, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

interface Naming {
  readonly property?: string;
  readonly pattern: RegExp;
  readonly what: string;
  /** False where the provider makes no name up. Default true. */
  readonly automatic?: false;
}

const COMPUTE: Naming = {
  pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  what: "1 to 63 lower-case letters, digits and hyphens that begin with a letter and do not end with a hyphen",
};

const COMPUTE_TYPES = [
  "address:Address",
  "backendBucket:BackendBucket",
  "backendService:BackendService",
  "disk:Disk",
  "firewall:Firewall",
  "forwardingRule:ForwardingRule",
  "globalAddress:GlobalAddress",
  "globalForwardingRule:GlobalForwardingRule",
  "healthCheck:HealthCheck",
  "instance:Instance",
  "managedSslCertificate:ManagedSslCertificate",
  "network:Network",
  "regionNetworkEndpointGroup:RegionNetworkEndpointGroup",
  "router:Router",
  "routerNat:RouterNat",
  "sSLPolicy:SSLPolicy",
  "securityPolicy:SecurityPolicy",
  "subnetwork:Subnetwork",
  "targetHttpProxy:TargetHttpProxy",
  "targetHttpsProxy:TargetHttpsProxy",
  "uRLMap:URLMap",
].map((name) => `gcp:compute/${name}`);

const NAMES: Readonly<Record<string, Naming>> = {
  ...Object.fromEntries(COMPUTE_TYPES.map((type) => [type, COMPUTE])),
  [ACCOUNT]: {
    property: "accountId",
    pattern: /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/,
    what: "6 to 30 lower-case letters, digits and hyphens that begin with a letter",
    automatic: false,
  },
  [RUN_SERVICE]: {
    pattern: /^[a-z]([-a-z0-9]{0,47}[a-z0-9])?$/,
    what: "fewer than 50 lower-case letters, digits and hyphens that begin with a letter",
  },
  [RUN_JOB]: {
    pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
    what: "fewer than 64 lower-case letters, digits and hyphens that begin with a letter",
  },
  [BUCKET]: {
    pattern: /^(?!goog)(?!.*google)[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/,
    what: "3 to 63 lower-case letters, digits, dots, hyphens and underscores without google",
  },
  [SECRET]: {
    property: "secretId",
    pattern: /^[A-Za-z0-9_-]{1,255}$/,
    what: "1 to 255 letters, digits, hyphens and underscores",
    automatic: false,
  },
  [REPOSITORY]: {
    property: "repositoryId",
    pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
    what: "1 to 63 lower-case letters, digits and hyphens that begin with a letter",
    automatic: false,
  },
};

/** What the provider adds to a logical name, which it writes in small letters. */
const SUFFIX = "-0000000";

const checkNaming =
  ({ property = "name", pattern, what, automatic }: Naming): Check =>
  (resource) => {
    const name = physicalName(resource, property);
    const labels = checkLabels(resource);
    if (name === undefined) return [...labels, undecided(resource.at(property))];
    if (name.kind !== "given" && (automatic === false || name.text === "")) return labels;
    const full = name.kind === "given" ? name.text : name.text.toLowerCase() + SUFFIX;
    const isLong = resource.type === BUCKET && full.length > 63 && !full.includes(".");
    if (pattern.test(full) && !isLong) return labels;
    const made = name.kind === "given" ? "" : "the automatic name ";
    return [
      ...labels,
      {
        ...violation(name.at, `${made}"${full}" is not ${what}`),
        answer: `400: Invalid value for field '${property}': "${full}" must be a match of regex '${pattern.source}'.`,
      },
    ];
  };

function checkLabels(resource: Resource): Report[] {
  const labels = resource.at("labels");
  return labels.entries.flatMap(([key, value]) => {
    const isKey = /^[a-z][a-z0-9_-]{0,62}$/.test(key);
    const isValue = value.text === undefined || /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(value.text);
    if (isKey && isValue) return [];
    const text = `label ${key}=${value.text ?? ""}`;
    return [
      {
        ...violation(
          value,
          `${text} is not of lower-case letters, digits, hyphens and underscores`,
        ),
        answer:
          "400: Invalid label: keys and values can only contain lowercase letters, numeric characters, underscores and dashes.",
      },
    ];
  });
}

export const rule = deployability({
  id: "gcp-names",
  title: "Names and labels on Google Cloud are of the kind their service takes",
  confidence: "medium",
  fails: {
    when: "preview",
    effect: "error",
    answer: "400: Invalid value for field 'resource.name'.",
  },
  fix: "Use the letters and the length of the service; leave room for the hyphen and the seven digits the provider adds to a logical name.",
  source: "https://cloud.google.com/compute/docs/naming-resources",
  check: Object.fromEntries(
    Object.entries(NAMES).map(([type, naming]) => [type, checkNaming(naming)]),
  ),
});
