import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { removeHalfMade } from "../docker/real/half-made";
import type { CloudObject, Store } from "../lib/store";
import type { Arguments } from "./arguments";
import type { Context } from "./context";
import { repairCheckpoint } from "./checkpoint";
import { releaseStaleLocks } from "./lock";
import { isLive } from "./project";
import { pulumi } from "./run";
import { copyStackConfig, defaultSource } from "./stack-config";
import { chooseStack, ensureStack, stateFile } from "./stack";
import { allObjects, openStores, stackOf } from "./stores";

/** A resource in an exported state; more fields are carried along. */
export interface StateResource {
  urn: string;
  id?: string;
  type: string;
  delete?: boolean;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

interface Operation {
  resource: StateResource;
  type: string;
}

interface Export {
  deployment: { resources?: StateResource[]; pending_operations?: Operation[] };
}

/**
 * Put a stack right after its `up` was killed: release the dead process's lock, settle every operation that was under
 * way by what the simulated cloud, or the real engine, holds, and refresh.
 */
export async function recover(context: Context, args: Arguments): Promise<number> {
  const { project } = context;
  const stack = chooseStack(project, args.stack);
  if (!fs.existsSync(stateFile(project, stack)))
    throw new Error(
      `there is no stack ${stack} in this sandbox; "bin/sandbox stack ls" names those that are`,
    );
  const released = releaseStaleLocks(project, stack);
  const repaired = repairCheckpoint(stateFile(project, stack));
  if (repaired !== undefined) console.log(repaired);
  ensureStack(project, stack, context.toolchain.pulumi, context.env);
  if (released > 0) console.log(`released the lock of a process that is gone`);
  const file = path.join(project.sandbox.root, `recover-${process.pid}.json`);
  try {
    call(context, ["stack", "export", "--stack", stack, "--file", file]);
    const state = JSON.parse(fs.readFileSync(file, "utf8")) as Export;
    const stores = openStores(project);
    const pending = state.deployment.pending_operations ?? [];
    const of = (kind: string): StateResource[] =>
      pending.flatMap(({ resource, type }) => (type === kind ? [resource] : []));
    const urns = pending.map(({ resource }) => resource.urn);
    if (isLive()) for (const note of await removeHalfMade(of("creating"))) console.log(note);
    // What was being deleted on a real engine is there as far as we know; the refresh looks.
    const there = isLive() ? of("deleting") : allObjects(stores);
    const notes = settle(state, there);
    for (const note of notes) console.log(note);
    const lost = isLive() ? [] : lostObjects(stores, stack, state.deployment.resources ?? []);
    for (const { object } of lost)
      console.log(`found: ${object.urn} is ${object.id}; the next update takes it over`);
    if (notes.length === 0 && lost.length === 0 && repaired === undefined) {
      console.log("nothing to recover: no operation was under way");
      return 0;
    }
    fs.writeFileSync(file, JSON.stringify(state));
    call(context, ["stack", "import", "--stack", stack, "--file", file]);
    for (const store of stores) for (const urn of urns) store.dropToken(urn);
    for (const { store, object } of lost) store.leaveToken(object.urn, object.id);
  } finally {
    fs.rmSync(file, { force: true });
  }
  const config = copyStackConfig(project, stack, defaultSource(project, stack));
  return pulumi(context, [
    "refresh",
    "--yes",
    "--skip-preview",
    "--stack",
    stack,
    "--config-file",
    config,
  ]);
}

/** What the simulated cloud has of a stack and its state does not name. In a real one, people import it by hand. */
function lostObjects(
  stores: readonly Store[],
  stack: string,
  resources: readonly StateResource[],
): { store: Store; object: CloudObject }[] {
  const known = new Set(resources.map(({ urn }) => urn));
  return stores.flatMap((store) =>
    store
      .all()
      .filter((object) => stackOf(object) === stack && !known.has(object.urn))
      .map((object) => ({ store, object })),
  );
}

/** Resolve the pending operations in an exported state; says what it did with each. */
export function settle(
  state: Export,
  objects: readonly Partial<Pick<CloudObject, "urn" | "id">>[],
): string[] {
  const { deployment } = state;
  let resources = deployment.resources ?? [];
  const notes: string[] = [];
  for (const { resource, type } of deployment.pending_operations ?? []) {
    const { urn } = resource;
    const has = (id: string | undefined): boolean =>
      objects.some((o) => o.urn === urn && o.id === id);
    if (type === "creating") {
      const known = new Set(resources.filter((r) => r.urn === urn).map((r) => r.id));
      const made = objects.find((object) => object.urn === urn && !known.has(object.id));
      if (made === undefined) notes.push(`cleared: ${urn} was not created`);
      else {
        // An older resource with this URN is being replaced: it waits for its deletion, as the engine would have it.
        const older = resources.map((r) => (r.urn === urn ? { ...r, delete: true } : r));
        resources = [...older, { ...resource, id: made.id, outputs: { ...resource.inputs } }];
        notes.push(`imported: ${urn} was created as ${made.id}`);
      }
    } else if (type === "deleting" && !has(resource.id)) {
      resources = resources.filter((r) => r.urn !== urn || r.id !== resource.id);
      notes.push(`removed: ${urn} was deleted`);
    } else notes.push(`kept: ${urn} (${type}) is read anew`);
  }
  deployment.resources = resources;
  deployment.pending_operations = [];
  return notes;
}

function call({ toolchain, cwd, env }: Context, args: readonly string[]): void {
  const result = spawnSync(toolchain.pulumi, [...args], { cwd, env, encoding: "utf8" });
  if (result.status !== 0) {
    throw new Error(
      `pulumi ${args.slice(0, 2).join(" ")} failed: ${(result.stderr || String(result.error)).trim()}`,
    );
  }
}
