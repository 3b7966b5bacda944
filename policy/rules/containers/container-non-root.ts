import { CONTAINER_TYPES, containersOf } from "../../lib/containers/containers";
import type { ContainerView } from "../../lib/containers/view";
import { judgeUser, userOfImage } from "../../lib/check/user";
import {
  forTypes,
  undecided,
  violation,
  type Context,
  type Report,
  type Rule,
} from "../../lib/rule";

export const rule: Rule = {
  id: "container-non-root",
  title: "Containers run as a user other than root",
  severity: "critical",
  category: "non-root",
  profile: "baseline",
  why: "A process that is root in its container is one kernel or runtime flaw away from being root on the host.",
  fix: {
    aws: 'Set "user" of every container definition to a numeric id, for example "10001:10001".',
    azure:
      "Set securityContext.runAsUser of container groups; build images for Container Apps with a numeric USER and name it under settings.imageUsers.",
    gcp: "Build the image with a numeric USER and name it under settings.imageUsers.",
    docker: 'Set user to a numeric id, for example "10001:10001".',
  },
  controls: { nist: ["AC-6", "CM-7"], cis: ["4.1", "5.4"] },
  check: forTypes(Object.keys(CONTAINER_TYPES), (resource, context) => {
    const { containers, unknown } = containersOf(resource);
    return [
      ...unknown.map(undecided),
      ...containers.flatMap((view) => checkContainer(view, context)),
    ];
  }),
};

function checkContainer(view: ContainerView, { settings }: Context): Report[] {
  const { user, image, label } = view;
  if (user?.unknown === true) return [undecided(user)];
  const given = user?.text ?? (typeof user?.raw === "number" ? String(user.raw) : "");
  const verdict = given.trim() === "" ? userOfImage(image, settings) : judgeUser(given);
  if (verdict === "not root") return [];
  if (verdict === "root") {
    const how =
      given.trim() === "" ? "sets no user and its image runs as root" : `runs as "${given}"`;
    return [violation(user ?? image, `container ${label} ${how}`)];
  }
  const place = user ?? image;
  const message = `cannot tell: container ${label} sets no user, and nothing says what its image runs as`;
  return [{ ...undecided(place), message }];
}
