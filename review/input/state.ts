import { asMap, parseJson } from "./json-file";
import { isEngineResource, type Plan } from "./plan";
import { count } from "../result";
import { InputError } from "./problem";
import { fromState } from "./resource-state";

const REMEDY = "write a state with: pulumi stack export --file state.json";

/** Versions of the format; 4 is 3 with a list of the features a stack uses. */
const VERSIONS: readonly unknown[] = [3, 4];

/** Reads what `pulumi stack export` writes, or the checkpoint a file backend keeps. */
export function readState(text: string, file: string, source = `state ${file}`): Plan {
  const content = asMap(parseJson(text, file, REMEDY));
  if (content === undefined) throw new InputError(`${file}: is not a state; ${REMEDY}.`);
  const deployment = deploymentOf(content, file);
  if (!VERSIONS.includes(content.version)) {
    throw new InputError(
      `${file}: has format version ${JSON.stringify(content.version)}, and versions 3 and 4 can be read; export the stack again with a current Pulumi CLI.`,
    );
  }
  if (deployment === undefined || deployment === null) {
    throw new InputError(
      `${file}: the stack has no resources yet, so there is nothing to check; run pulumi up first.`,
    );
  }
  const list = asMap(deployment)?.resources ?? [];
  if (!Array.isArray(list))
    throw new InputError(`${file}: deployment.resources is not a list; ${REMEDY}.`);
  const notes: string[] = [];
  const current = list.filter((item) => {
    const state = asMap(item);
    return (
      state?.delete !== true && state?.external !== true && !isEngineResource(String(state?.type))
    );
  });
  const marked = (key: string): number => list.filter((item) => asMap(item)?.[key] === true).length;
  const replaced = marked("delete");
  if (replaced > 0)
    notes.push(`${count(replaced, "replaced resource")} left out: only their deletion is missing.`);
  const external = marked("external");
  if (external > 0)
    notes.push(`${count(external, "resource")} that the stack only reads: left out.`);
  const pending = asMap(deployment)?.pending_operations;
  if (Array.isArray(pending) && pending.length > 0) {
    notes.push(
      `${count(pending.length, "interrupted operation")}: the state may not show what is in the cloud.`,
    );
  }
  const resources = current.map((item, index) => fromState(item, `${file}: resource ${index + 1}`));
  if (!resources.some((resource) => resource.custom)) {
    throw new InputError(
      `${file}: holds no resources, so there is nothing to check; run pulumi up first.`,
    );
  }
  return { source, file, resources, markers: false, notes };
}

/** An export holds `deployment`, a checkpoint `checkpoint.latest`. */
function deploymentOf(content: Record<string, unknown>, file: string): unknown {
  if ("deployment" in content) return content.deployment;
  const checkpoint = asMap(content.checkpoint);
  if (checkpoint !== undefined) return checkpoint.latest;
  if ("steps" in content) {
    throw new InputError(`${file}: is a preview, not a state; give it as --preview ${file}.`);
  }
  throw new InputError(`${file}: is JSON but not a Pulumi state; ${REMEDY}.`);
}
