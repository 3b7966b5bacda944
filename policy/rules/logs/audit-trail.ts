import { mustBeTrue } from "../../lib/check/simple";
import { violation, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "audit-trail",
  title: "The audit trail covers every region and shows tampering",
  severity: "high",
  category: "access-log",
  profile: "baseline",
  why: "An intruder works in the region nobody watches, and edits the log afterwards.",
  fix: {
    aws: "Set isMultiRegionTrail and enableLogFileValidation to true.",
    gcp: "Keep audit logs out of the exclusion's filter.",
  },
  controls: { nist: ["AU-2", "AU-9", "AU-12"], cis: ["8.2", "8.9"] },
  check: {
    "aws:cloudtrail/trail:Trail": (resource) => [
      ...mustBeTrue(resource.at("isMultiRegionTrail"), "other regions are not recorded"),
      ...mustBeTrue(resource.at("enableLogFileValidation"), "changed log files are not noticed"),
      ...mustBeTrue(resource.at("enableLogging"), "nothing is recorded", "passes"),
    ],
    "aws:guardduty/detector:Detector": (resource) =>
      mustBeTrue(resource.at("enable"), "detection is off", "passes"),
    "gcp:logging/projectExclusion:ProjectExclusion": (resource) => {
      const filter = resource.at("filter");
      const drops =
        /cloudaudit\.googleapis\.com/.test(filter.text ?? "") &&
        resource.at("disabled").boolean !== true;
      return drops ? [violation(filter, "audit logs are dropped")] : [];
    },
  },
};
