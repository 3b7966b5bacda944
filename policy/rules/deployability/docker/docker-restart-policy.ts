import { isOneShot } from "../../../lib/deployability/docker/containers";
import { CONTAINER } from "../../../lib/deployability/docker/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "docker-restart-policy",
  title: "A container that is to run on comes back after a restart of the host",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "the service stays down after the next reboot of the host.",
  },
  fix: 'Set restart to "unless-stopped" or "always"; maxRetryCount goes with "on-failure" only, and rm with restart "no" and mustRun false.',
  source: "https://docs.docker.com/engine/containers/start-containers-automatically/",
  check: { [CONTAINER]: (container) => [...checkRestart(container), ...checkPairs(container)] },
});

function checkRestart(container: Resource): Report[] {
  const restart = container.at("restart");
  const must = container.at("mustRun");
  if (must.boolean === false || container.at("start").boolean === false) return [];
  // What runs once and says nothing of it is another rule's finding.
  if (isOneShot(container) || restart.isWord("always", "unless-stopped")) return [];
  const [unknown] = [restart, must].filter((value) => value.unknown);
  if (unknown !== undefined) return [undecided(unknown)];
  const given = restart.absent || restart.text === "" ? "no, the default" : restart.text;
  return [violation(restart, `restart is ${given ?? "no word"}`)];
}

function checkPairs(container: Resource): Report[] {
  const restart = container.at("restart");
  const count = container.at("maxRetryCount");
  const remove = container.at("rm");
  const reports: Report[] = [];
  if ((count.number ?? 0) > 0 && !restart.unknown && !restart.isWord("on-failure")) {
    const policy = restart.text ?? "no";
    reports.push({
      ...violation(count, `maxRetryCount is set, but restart is ${policy}`),
      answer: `maximum retry count cannot be used with restart policy '${policy}'`,
    });
  }
  if (remove.boolean === true && !restart.unknown && !restart.absent && !restart.isWord("no", ""))
    reports.push({
      ...violation(remove, `rm is true, but restart is ${restart.text ?? ""}`),
      answer: "can't create 'AutoRemove' container with restart policy",
    });
  if (
    remove.boolean === true &&
    container.at("mustRun").boolean !== false &&
    !container.at("mustRun").unknown
  )
    reports.push({
      ...violation(remove, "rm is true, but mustRun is not false"),
      answer: "the container is gone when it ends, and the next update makes it anew.",
    });
  return reports;
}
