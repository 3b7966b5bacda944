import { digestOf, sickness } from "../lib/images";
import type { Plain } from "../lib/values";
import { Refusal, type Objects, type StandIn } from "./stand-in";

const CONTAINER = "docker:index/container:Container";

/** Commands by their first words; what follows is their argument. */
const COMMANDS: Record<string, (argument: string, cloud: Objects) => Plain> = {
  version: () => ({ Server: { Version: "simulated" } }),
  "container inspect": (name, cloud) => [inspected(name, cloud)],
  "container rm": (name, { view }) => {
    const found = view.find(CONTAINER, name, "name");
    if (found) view.remove(found);
    return `${name}\n`;
  },
  // As with the format {{json .}}: one container a line.
  ps: (_none, cloud) => cloud.of(CONTAINER).map(listed).join(""),
  "image inspect": (reference) => [{ Id: digestOf(reference), RepoTags: [reference] }],
  pull: (reference) => `${reference}\n`,
  // Nothing is built: the simulated registries have every tag.
  build: () => "a simulated build\n",
  push: (reference) => `${reference}: pushed to a simulated registry\n`,
  tag: () => "",
  login: () => "Login Succeeded\n",
  // The simulated watch sees nothing, so nothing begins but what a test plants.
  logs: () => "",
};

export const standIn: StandIn = {
  package: "docker",
  answer({ text }, cloud) {
    const known = Object.entries(COMMANDS).find(([words]) => `${text} `.startsWith(`${words} `));
    if (!known) throw new Error(`the stand-in for docker does not know "${text}"`);
    const [words, answer] = known;
    return answer(text.slice(words.length + 1), cloud);
  },
};

/** A container as the engine tells of it, as far as anybody asks. */
function inspected(name: string, cloud: Objects): Plain {
  const found = cloud.find(CONTAINER, "name", name);
  if (!found) throw new Refusal(`Error response from daemon: No such container: ${name}`);
  const { id, image, created, envs, exitCode, healthcheck, networkDatas } = found;
  // A container that has died is started again and again, and has no address meanwhile.
  const isSick = healthcheck !== undefined && sickness(String(image)) !== undefined;
  return {
    Id: id,
    Name: `/${name}`,
    Image: image,
    Created: created,
    Config: { Image: image, Env: envs ?? [] },
    State: {
      Status: isSick ? "restarting" : exitCode === undefined ? "running" : "exited",
      ExitCode: exitCode ?? 0,
      ...(healthcheck === undefined
        ? {}
        : { Health: { Status: isSick ? "unhealthy" : "healthy" } }),
    },
    NetworkSettings: {
      Networks: Object.fromEntries(
        ((networkDatas ?? []) as Plain[]).map(({ networkName }) => [
          networkName,
          { IPAddress: isSick ? "" : "203.0.113.7" },
        ]),
      ),
    },
  };
}

/** A container as `docker ps` lists it. */
function listed({ name, labels }: Plain): string {
  const texts = ((labels ?? []) as Plain[]).map(({ label, value }) => `${label}=${value}`);
  return `${JSON.stringify({ Names: name, Labels: texts.join(",") })}\n`;
}
