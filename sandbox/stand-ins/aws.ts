import { digestOf } from "../lib/images";
import type { Plain } from "../lib/values";
import { ecs } from "./aws-ecs";
import { refusal } from "./aws-refusal";
import type { Command, Objects, StandIn } from "./stand-in";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const REPOSITORY = "aws:ecr/repository:Repository";

type Answer = (options: Command["options"], cloud: Objects) => Plain;

const COMMANDS: Readonly<Record<string, Answer>> = {
  ...ecs,
  "sts get-caller-identity": (_options, cloud) => ({
    Account: accountOf(cloud),
    Arn: `arn:aws:iam::${accountOf(cloud)}:role/simulated`,
    UserId: "SIMULATED",
  }),
  "ecr describe-images": describeImages,
  "ecr get-login-password": () => "a simulated password\n",
  // The simulated cloud measures nothing, so nothing raises an alarm but a test.
  "cloudwatch describe-alarms": (options, cloud) => ({
    MetricAlarms:
      options["state-value"] === "ALARM"
        ? []
        : cloud.of(ALARM).map(({ name }) => ({ AlarmName: name, StateValue: "OK" })),
  }),
};

export const standIn: StandIn = {
  package: "aws",
  answer({ text, options }, cloud) {
    const isPlain = text === "ecr get-login-password";
    if (options.output !== "json" && !isPlain)
      throw new Error("the stand-in for aws answers in JSON only");
    const answer = COMMANDS[text];
    if (!answer) throw new Error(`the stand-in for aws does not know "${text}"`);
    return answer(options, cloud);
  },
};

/** The account that the stack's resources are in. */
const accountOf = (cloud: Objects): string =>
  String(cloud.view.everything().find(({ place }) => /^\d{12}\//.test(place))?.place).slice(0, 12);

function describeImages(options: Command["options"], cloud: Objects): Plain {
  const name = options["repository-name"] ?? "";
  const repository = cloud.of(REPOSITORY).find((each) => each.name === name);
  if (!repository) throw refusal("DescribeImages", "RepositoryNotFoundException", name);
  const tag = String(options["image-ids"]).replace(/^imageTag=/, "");
  return {
    imageDetails: [
      { imageDigest: digestOf(`${repository.repositoryUrl}:${tag}`), imageTags: [tag] },
    ],
  };
}
