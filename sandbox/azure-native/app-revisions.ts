import { createHash } from "node:crypto";
import { sickness } from "../lib/images";
import { isRolledBack } from "../lib/rolled-back";
import type { CloudObject } from "../lib/store";
import { CloudError } from "../lib/table";
import type { Draft } from "../lib/table";
import type { Plain } from "../lib/values";

/** A revision of a container app, as Azure remembers it. */
export interface AppRevision {
  readonly name: string;
  /** Fingerprint of the template it was made of. */
  readonly template: string;
  readonly images: readonly string[];
  readonly created: string;
  readonly active: boolean;
  /** Share of the production traffic, in percent. */
  readonly weight: number;
  readonly label?: string;
  /** Why it does not serve. */
  readonly problem?: string;
  /** Since when it has traffic. */
  readonly shifted?: string;
}

/** What Azure remembers of an app; newest last. */
export interface AppHistory {
  readonly revisions: readonly AppRevision[];
}

export const historyOf = (app: CloudObject): AppHistory =>
  (app.history as AppHistory | undefined) ?? { revisions: [] };

/** The first revision of an app, which serves at once. */
export function firstRevision(draft: Draft): AppHistory {
  const revision = made(draft, String(draft.outputs.latestRevisionName));
  refuseFailed(draft, revision);
  return routed({ revisions: [revision] }, draft.inputs);
}

/** A changed template is a new revision; a changed configuration only moves the traffic. */
export function updateApp(draft: Draft, old: CloudObject, name: string): AppHistory {
  const before = historyOf(draft.cloud.now(old));
  const revision = made(draft, name);
  const isNew = before.revisions.at(-1)?.template !== revision.template;
  const revisions = isNew ? [...before.revisions, revision] : before.revisions;
  const history = routed({ revisions }, draft.inputs);
  draft.cloud.remember(old, history);
  if (isNew) refuseFailed(draft, revision);
  return history;
}

/** The newest revision that can serve. */
export const readyRevision = ({ revisions }: AppHistory): AppRevision | undefined =>
  revisions.findLast(({ problem }) => problem === undefined);

function made({ inputs }: Draft, name: string): AppRevision {
  const images = ((inputs.template?.containers ?? []) as Plain[]).map(({ image }: Plain) =>
    String(image),
  );
  const failed = images.find(isRolledBack);
  const problem = images.map(sickness).find(Boolean) ?? (failed && "its replicas failed");
  const template = createHash("sha256").update(JSON.stringify(inputs.template)).digest("hex");
  const created = new Date().toISOString();
  const why = problem ? { problem } : {};
  return { name, template, images, created, active: true, weight: 0, ...why };
}

/** Azure says so, unless the failure is one of those that it reports as a success. */
function refuseFailed(draft: Draft, { name, images, problem }: AppRevision): void {
  if (problem === undefined) return;
  if (images.some(isRolledBack)) return;
  throw new CloudError(
    `ContainerAppOperationError: Failed to provision revision '${name}' for container app ` +
      `'${draft.name}'. Error details: ${problem} (simulated)`,
  );
}

/**
 * Divides the traffic as the app's configuration says. In `Single` mode the newest revision that can
 * serve has all of it and the others are ended; in `Multiple` mode the active ones share it.
 */
export function routed({ revisions }: AppHistory, inputs: Plain): AppHistory {
  const { activeRevisionsMode = "Single", ingress } = (inputs.configuration ?? {}) as Plain;
  const ready = readyRevision({ revisions })?.name;
  const newest = revisions.at(-1)?.name;
  if (activeRevisionsMode === "Single") {
    return shared(revisions, (each) => ({
      active: each.name === ready || each.name === newest,
      weight: each.name === ready ? 100 : 0,
    }));
  }
  const entries = (ingress?.traffic ?? []) as Plain[];
  return shared(revisions, (each) => {
    const own = entries.filter(
      ({ revisionName, latestRevision }: Plain) =>
        revisionName === each.name || (latestRevision === true && each.name === ready),
    );
    const weight = own.reduce((sum, { weight = 0 }: Plain) => sum + Number(weight), 0);
    const label = own.find(({ label }: Plain) => label !== undefined)?.label;
    return { active: each.active || weight > 0, weight, ...(label ? { label } : {}) };
  });
}

function shared(
  revisions: readonly AppRevision[],
  share: (each: AppRevision) => Pick<AppRevision, "active" | "weight" | "label">,
): AppHistory {
  const now = new Date().toISOString();
  return {
    revisions: revisions.map(({ label: _old, shifted = now, ...each }) => {
      const next = share(each);
      return { ...each, ...next, ...(next.weight > 0 ? { shifted } : {}) };
    }),
  };
}
