import * as fs from "node:fs";
import * as path from "node:path";

/**
 * A kill in the moment in which the engine writes the state leaves a file that is cut short, a full disk also a copy of
 * it. The engine keeps the state of one step before beside it, and those after each update; what was done since is found
 * in the simulated cloud. Says which one was taken, if one was needed; a state that nobody can read is removed.
 */
export function repairCheckpoint(file: string): string | undefined {
  const backup = `${file}.bak`;
  // The file store keeps attributes beside each file; it does without them, but not with half of them.
  for (const attributes of [`${file}.attrs`, `${backup}.attrs`]) {
    if (!isWhole(attributes)) fs.rmSync(attributes, { force: true });
  }
  if (!fs.existsSync(file) || isWhole(file)) return undefined;
  const earlier = [backup, ...endsOfUpdates(file)].find(isWhole);
  if (earlier === undefined) {
    for (const broken of [file, backup]) fs.rmSync(broken, { force: true });
    return "began with an empty state: all that was written of it is cut short";
  }
  fs.copyFileSync(earlier, `${file}.repair`);
  fs.renameSync(`${file}.repair`, file);
  return earlier === backup
    ? "took the state of the step before: the last one was cut short"
    : "took the state after the last update that ended: all later ones are cut short";
}

/** `stacks/<project>/<stack>.json` has its copies in `history/<project>/<stack>`, named by the time; the newest first. */
function endsOfUpdates(file: string): string[] {
  const project = path.dirname(file);
  const root = path.dirname(path.dirname(project));
  const folder = path.join(root, "history", path.basename(project), path.basename(file, ".json"));
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".checkpoint.json"));
  return names
    .sort()
    .reverse()
    .map((name) => path.join(folder, name));
}

function isWhole(file: string): boolean {
  try {
    JSON.parse(fs.readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
