import { mustBeOneOf } from "../../lib/check/simple";
import { forTypes, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "metadata-v2",
  title: "Machines answer metadata requests with a session token only",
  severity: "high",
  category: "auth",
  profile: "baseline",
  why: "With version 1 one forged request of a web server hands out the machine's credentials.",
  fix: { aws: 'Set metadataOptions.httpTokens to "required".' },
  controls: { nist: ["AC-3", "IA-5", "SC-7"], cis: ["4.1"] },
  check: forTypes(
    [
      "aws:ec2/instance:Instance",
      "aws:ec2/launchTemplate:LaunchTemplate",
      "aws:ec2/launchConfiguration:LaunchConfiguration",
    ],
    (resource) => {
      const options = resource.at("metadataOptions");
      if (options.at("httpEndpoint").isWord("disabled")) return [];
      return mustBeOneOf(
        options.at("httpTokens"),
        ["required"],
        "credentials are handed out without a token",
      );
    },
  ),
};
