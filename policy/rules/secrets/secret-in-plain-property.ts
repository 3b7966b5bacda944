import { isSecretName, looksLikeSecret } from "../../lib/check/secret";
import { forTypes, undecided, violation, type Check, type Rule } from "../../lib/rule";

/** Scripts of machines, plain or in base64. */
const script =
  (...paths: string[]): Check =>
  (resource) =>
    paths.flatMap((path) => {
      const value = resource.at(path);
      if (value.unknown) return [undecided(value)];
      const text = value.text ?? "";
      const decoded = /^[A-Za-z0-9+/=\s]{16,}$/.test(text)
        ? Buffer.from(text, "base64").toString("utf8")
        : "";
      return looksLikeSecret(text) || looksLikeSecret(decoded)
        ? [violation(value, "a secret is written into the machine's start script")]
        : [];
    });

/** Arguments of image builds stay in the image's history. */
const buildArguments =
  (path: string): Check =>
  (resource) =>
    resource
      .at(path)
      .entries.flatMap(([name, value]) =>
        (isSecretName(name) && value.text !== "") || looksLikeSecret(value.text ?? "")
          ? [violation(value, `the build argument ${name} stays in the image's history`)]
          : [],
      );

const startCommand =
  (...paths: string[]): Check =>
  (resource) =>
    paths.flatMap((path) => {
      const parts = resource.at(path).each;
      const found = parts.find((part, index) => {
        const text = part.text ?? "";
        const next = parts[index + 1]?.text ?? "";
        const inline = /^--?(requirepass|password|auth-token|token)=\S{3,}/i.test(text);
        return (
          looksLikeSecret(text) ||
          inline ||
          (/^--?(requirepass|password|token)$/i.test(text) && /^[^-$]\S{2,}/.test(next))
        );
      });
      return found === undefined
        ? []
        : [violation(found, "a secret is an argument of the start command")];
    });

export const rule: Rule = {
  id: "secret-in-plain-property",
  title: "No secret is written into scripts, build arguments, commands or plain parameters",
  severity: "high",
  category: "plaintext-secret",
  profile: "baseline",
  why: "Start scripts, image histories, process lists and plain parameters are read by many and kept for ever.",
  fix: {
    aws: "Read the value from Secrets Manager at start; use SecureString for parameters.",
    azure: "Read the value from Key Vault with the machine's identity.",
    gcp: "Read the value from Secret Manager with the machine's service account.",
    docker:
      "Use build secrets (secrets) instead of build arguments, and a file instead of an argument.",
  },
  controls: { nist: ["IA-5(7)", "SC-28"], cis: ["3.11", "16.11"] },
  check: {
    ...forTypes(
      [
        "aws:ec2/instance:Instance",
        "aws:ec2/launchTemplate:LaunchTemplate",
        "aws:ec2/launchConfiguration:LaunchConfiguration",
      ],
      script("userData", "userDataBase64"),
    ),
    "azure-native:compute:VirtualMachine": script("osProfile.customData", "userData"),
    "gcp:compute/instance:Instance": script("metadataStartupScript", "metadata.startup-script"),
    "aws:ssm/parameter:Parameter": (resource) => {
      const type = resource.at("type");
      if (type.unknown) return [undecided(type)];
      if (!type.isWord("String", "StringList")) return [];
      const name = resource.at("name").text ?? resource.name;
      const value = resource.at("value");
      const secret =
        isSecretName(name.slice(name.lastIndexOf("/") + 1)) || looksLikeSecret(value.text ?? "");
      return secret ? [violation(type, "a secret is kept as a plain parameter")] : [];
    },
    "docker-build:index:Image": buildArguments("buildArgs"),
    "docker:index/image:Image": buildArguments("build.args"),
    "docker:index/container:Container": startCommand("command", "entrypoints"),
    "docker:index/service:Service": startCommand(
      "taskSpec.containerSpec.args",
      "taskSpec.containerSpec.commands",
    ),
  },
};
