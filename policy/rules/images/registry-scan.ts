import { mustBeTrue } from "../../lib/check/simple";
import type { Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "registry-scan",
  title: "Images are scanned when they are pushed",
  severity: "medium",
  category: "image-tag",
  profile: "strict",
  why: "Known flaws in an image's packages are found before they run, or by somebody else after.",
  fix: { aws: "Set imageScanningConfiguration.scanOnPush to true." },
  controls: { nist: ["RA-5", "SI-2"], cis: ["7.5", "16.4"] },
  check: {
    "aws:ecr/repository:Repository": (resource) =>
      mustBeTrue(
        resource.at("imageScanningConfiguration.scanOnPush"),
        "pushed images are not scanned",
      ),
  },
};
