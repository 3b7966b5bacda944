import * as fs from "node:fs";

/**
 * A kill in the moment in which the engine writes the state leaves a file that is cut short. The engine keeps
 * the state of one step before beside it; what that step did is found in the simulated cloud. True when it was needed.
 */
export function repairCheckpoint(file: string): boolean {
  const backup = `${file}.bak`;
  // The file store keeps attributes beside each file; it does without them, but not with half of them.
  for (const attributes of [`${file}.attrs`, `${backup}.attrs`]) {
    if (!isWhole(attributes)) fs.rmSync(attributes, { force: true });
  }
  if (!fs.existsSync(file) || isWhole(file)) return false;
  if (!isWhole(backup)) return false;
  fs.copyFileSync(backup, `${file}.repair`);
  fs.renameSync(`${file}.repair`, file);
  return true;
}

function isWhole(file: string): boolean {
  try {
    JSON.parse(fs.readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
