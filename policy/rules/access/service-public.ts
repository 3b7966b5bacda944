import { mustNotBeTrue } from "../../lib/check/simple";
import { forTypes, undecided, violation, type Check, type Rule } from "../../lib/rule";

const ANYBODY = ["allUsers", "allAuthenticatedUsers"];

const members: Check = (resource) =>
  [...resource.at("member").each, ...resource.at("members").each].flatMap((member) => {
    if (member.unknown) return member.prefix === "" ? [undecided(member)] : [];
    return ANYBODY.includes(member.text ?? "")
      ? [violation(member, `${member.text} is granted the role`)]
      : [];
  });

const iam = (...resources: string[]): string[] =>
  resources
    .flatMap((name) => [`gcp:${name}IamMember`, `gcp:${name}IamBinding`])
    .map((token) => {
      const type = token.slice(token.lastIndexOf("/") + 1);
      return `${token}:${type.charAt(0).toUpperCase()}${type.slice(1)}`;
    });

export const rule: Rule = {
  id: "service-public",
  title: "No role is granted to everybody",
  severity: "critical",
  category: "public-service",
  profile: "baseline",
  why: "A grant to everybody needs no account at all: secrets, keys, images and projects are open to the internet.",
  fix: {
    azure: "Set anonymousPullEnabled (anonymous pull) to false.",
    gcp: "Grant the role to the service account or group that needs it.",
  },
  controls: { nist: ["AC-3", "AC-6"], cis: ["3.3", "6.8"] },
  check: {
    ...forTypes(
      [
        "gcp:projects/iAMMember:IAMMember",
        "gcp:projects/iAMBinding:IAMBinding",
        "gcp:folder/iAMMember:IAMMember",
        "gcp:organizations/iAMMember:IAMMember",
        "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
        "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding",
        "gcp:kms/keyRingIAMMember:KeyRingIAMMember",
        "gcp:pubsub/topicIAMMember:TopicIAMMember",
        "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember",
        "gcp:serviceaccount/iAMMember:IAMMember",
        ...iam(
          "secretmanager/secret",
          "artifactregistry/repository",
          "bigquery/dataset",
          "sourcerepo/repository",
        ),
      ],
      members,
    ),
    "azure-native:containerregistry:Registry": (resource) =>
      mustNotBeTrue(resource.at("anonymousPullEnabled"), "anybody may pull images"),
    "azure:containerservice/registry:Registry": (resource) =>
      mustNotBeTrue(resource.at("anonymousPullEnabled"), "anybody may pull images"),
  },
};
