import { mustNotBeOneOf } from "../../lib/check/simple";
import { undecided, violation, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "open-endpoint",
  title: "APIs and function URLs check who calls",
  severity: "high",
  category: "auth",
  profile: "baseline",
  why: "An address without a check is called by anybody, at your cost and with the function's rights.",
  fix: {
    aws: 'Set authorizationType to "AWS_IAM" (authorization of API methods to an authorizer).',
  },
  controls: { nist: ["IA-2", "AC-3"], cis: ["6.8"] },
  check: {
    "aws:lambda/functionUrl:FunctionUrl": (resource) =>
      mustNotBeOneOf(resource.at("authorizationType"), ["NONE"], "anybody may call the function"),
    "aws:apigateway/method:Method": (resource) => {
      const authorization = resource.at("authorization");
      if (authorization.unknown) return [undecided(authorization)];
      const open = authorization.isWord("NONE") && !resource.at("httpMethod").isWord("OPTIONS");
      return open && resource.at("apiKeyRequired").boolean !== true
        ? [violation(authorization, "anybody may call the method")]
        : [];
    },
  },
};
