import { revisionsOf, type Revision } from "../gcp/revisions";
import { digestOf } from "../lib/images";
import type { Plain } from "../lib/values";
import { Refusal, type StandIn } from "./stand-in";

const SERVICE = "gcp:cloudrunv2/service:Service";

/** Commands by their first words; what follows are their arguments. */
const COMMANDS: Record<string, (argument: string, find: (name: string) => Plain) => Plain> = {
  "auth list": () => [{ account: "simulated@example.com", status: "ACTIVE" }],
  "run services describe": (name, find) => service(find(name)),
  "run revisions describe": (name) => revision(name),
  "artifacts docker images describe": (reference) => ({
    image_summary: { digest: digestOf(reference), fully_qualified_digest: reference },
  }),
  "auth configure-docker": () => "",
  // The simulated cloud measures nothing, so nothing raises an alert but a test.
  "monitoring alerts list": () => [],
};

export const standIn: StandIn = {
  package: "gcp",
  answer({ text, options }, cloud) {
    const isPlain = text.startsWith("auth configure-docker");
    if (options.format !== "json" && !isPlain)
      throw new Error("the stand-in for gcloud answers in JSON only");
    const known = Object.entries(COMMANDS).find(([words]) => `${text} `.startsWith(`${words} `));
    if (!known) throw new Error(`the stand-in for gcloud does not know "${text}"`);
    const [words, answer] = known;
    return answer(text.slice(words.length + 1), (name) => {
      const found = cloud.find(SERVICE, "name", name);
      if (found) return found;
      throw new Refusal(`ERROR: (gcloud.run) Cannot find service [${name}]`);
    });
  },
};

/** A service in the Knative form that gcloud prints. */
function service({ name, traffics, latestReadyRevision, uri }: Plain): Plain {
  const all = revisionsOf(name);
  const ready = all.findLast(({ problem }) => problem === undefined)?.name ?? latestReadyRevision;
  return {
    kind: "Service",
    metadata: { name },
    status: {
      latestCreatedRevisionName: all.at(-1)?.name ?? latestReadyRevision,
      latestReadyRevisionName: ready,
      url: uri,
      traffic: ((traffics ?? []) as Plain[]).map(({ revision: held, percent, tag }) => ({
        revisionName: held ?? ready,
        ...(held === undefined ? { latestRevision: true } : {}),
        ...(percent > 0 ? { percent } : {}),
        ...(tag === undefined ? {} : { tag }),
      })),
    },
  };
}

function revision(name: string): Plain {
  const found = named(name);
  const { containers, problem, created } = found;
  return {
    kind: "Revision",
    metadata: { name, creationTimestamp: created },
    spec: { containers: containers as unknown as Plain },
    status: {
      conditions: [
        {
          type: "Ready",
          status: problem === undefined ? "True" : "False",
          ...(problem === undefined ? {} : { message: problem }),
        },
      ],
      containerStatuses: containers.map((container) => ({
        ...(container.name === undefined ? {} : { name: container.name }),
        imageDigest: `${container.image.replace(/[:@][^/]*$/, "")}@${digestOf(container.image)}`,
      })),
    },
  };
}

/** Revisions are called `<service>-<number>-<letters>`. */
function named(name: string): Revision {
  const found = revisionsOf(name.replace(/-\d{5}-\w+$/, "")).find((each) => each.name === name);
  if (found) return found;
  throw new Refusal(`ERROR: (gcloud.run.revisions.describe) Cannot find revision [${name}]`);
}
