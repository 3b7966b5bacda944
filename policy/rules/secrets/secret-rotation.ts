import type { Graph } from "../../lib/graph/graph";
import { mustBeSet } from "../../lib/check/simple";
import { violation, type Report, type Rule } from "../../lib/rule";
import type { Resource } from "../../lib/resource";

const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";

function withoutRotation(graph: Graph): (Report & { resource: Resource })[] {
  const rotated = new Set(
    graph
      .ofType(ROTATION)
      .flatMap((item) => graph.links(item, item.at("secretId"), [SECRET]).resources),
  );
  return graph
    .ofType(SECRET)
    .filter((secret) => !rotated.has(secret))
    .map((secret) => ({
      ...violation(secret.props, "the secret is never rotated"),
      resource: secret,
    }));
}

export const rule: Rule = {
  id: "secret-rotation",
  title: "Secrets are rotated",
  severity: "low",
  category: "secret-rotation",
  profile: "strict",
  why: "A copied secret works until it is changed.",
  fix: {
    aws: "Add a SecretRotation, or let the database manage its password (manageMasterUserPassword).",
    azure: "Set an expiry (properties.attributes.expires) and renew it.",
    gcp: "Set rotation.rotationPeriod.",
  },
  controls: { nist: ["IA-5(1)", "SC-12"], cis: ["5.2"] },
  check: {
    "gcp:secretmanager/secret:Secret": (resource) =>
      mustBeSet(resource.at("rotation"), "the secret is never rotated"),
    "azure-native:keyvault:Secret": (resource) =>
      mustBeSet(resource.at("properties.attributes.expires"), "the secret never expires"),
  },
  checkStack: { types: [SECRET], run: withoutRotation },
};
