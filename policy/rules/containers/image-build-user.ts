import { judgeUser, userOfImage } from "../../lib/check/user";
import { finalStage } from "../../lib/containers/dockerfile";
import { undecided, violation, type Rule } from "../../lib/rule";
import { Value } from "../../lib/value/value";

export const rule: Rule = {
  id: "image-build-user",
  title: "Images are built to run as a user other than root",
  severity: "high",
  category: "non-root",
  profile: "baseline",
  why: "On platforms that cannot choose the user, such as Container Apps and Cloud Run, the image decides.",
  fix: { docker: 'End the Dockerfile with a numeric USER, for example "USER 10001:10001".' },
  controls: { nist: ["AC-6", "CM-7"], cis: ["4.1", "5.4"] },
  check: {
    "docker-build:index:Image": (resource, { settings }) => {
      const inline = resource.at("dockerfile.inline");
      if (inline.unknown) return [undecided(inline)];
      // A Dockerfile on disk is read where the program runs, not where the plan is judged.
      if (inline.text === undefined) return [];
      const { user, base } = finalStage(inline.text);
      const verdict =
        user === undefined || user.trim() === ""
          ? userOfImage(new Value(base, "dockerfile.inline"), settings)
          : user.includes("$")
            ? "unknown"
            : judgeUser(user);
      if (verdict === "not root") return [];
      if (verdict === "root" || (user === undefined && base !== undefined)) {
        return [
          violation(
            inline,
            user === undefined ? "the last stage sets no USER" : `the last stage runs as ${user}`,
          ),
        ];
      }
      const message =
        "cannot tell: the user of the last stage is a build argument or its base image's own";
      return [{ ...undecided(inline), message }];
    },
  },
};
