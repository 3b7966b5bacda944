import { mustBeOneOf, mustNotBeTrue } from "../../lib/check/simple";
import { forTypes, undecided, violation, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "edge-bypass",
  title: "Services are reached through the edge only",
  severity: "medium",
  category: "public-service",
  profile: "strict",
  why: "The platform's own address of a service is a second entrance, past the edge's filters, limits and logs.",
  fix: {
    aws: "Serve the function through the edge; set authorizationType AWS_IAM on its URL.",
    azure:
      "Use an internal environment (vnetConfiguration.internal) or admit the edge's addresses only (ipSecurityRestrictions).",
    gcp: "Set ingress to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER, and grant the invoker role to the edge's identity.",
  },
  controls: { nist: ["SC-7", "AC-4"], cis: ["4.4", "12.2"] },
  check: {
    "gcp:cloudrunv2/service:Service": (resource) => [
      ...mustBeOneOf(
        resource.at("ingress"),
        ["INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER", "INGRESS_TRAFFIC_INTERNAL_ONLY"],
        "the service answers on its own public address",
      ),
      ...mustNotBeTrue(resource.at("invokerIamDisabled"), "nobody's identity is checked"),
    ],
    ...forTypes(
      [
        "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        "gcp:cloudrunv2/serviceIamBinding:ServiceIamBinding",
        "gcp:cloudrun/iamMember:IamMember",
      ],
      (resource) =>
        [...resource.at("member").each, ...resource.at("members").each].flatMap((member) => {
          if (member.unknown) return member.prefix === "" ? [undecided(member)] : [];
          return /^all(Authenticated)?Users$/.test(member.text ?? "")
            ? [violation(member, "anybody may call the service")]
            : [];
        }),
    ),
    "azure-native:app:ContainerApp": (resource) => {
      const ingress = resource.at("configuration.ingress");
      const limited = ingress.at("ipSecurityRestrictions").each.length > 0;
      return limited
        ? []
        : mustNotBeTrue(ingress.at("external"), "the app answers on its own public address");
    },
    "aws:apprunner/service:Service": (resource) => {
      const open = resource.at("networkConfiguration.ingressConfiguration.isPubliclyAccessible");
      return mustNotBeTrue(open, "the service answers on its own public address", "violates");
    },
  },
};
