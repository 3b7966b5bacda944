import * as fs from "node:fs";
import * as path from "node:path";
import { CloudError } from "../lib/table";

/** Names that stay taken for some days after what bore them is gone. Kept beside the simulated cloud. */
const FILE = "gcp-deleted-names.json";
const DAY = 24 * 60 * 60 * 1000;

type Deleted = Record<string, number>;

const file = (): string => path.join(process.env.SANDBOX_CLOUD ?? ".", FILE);

function read(): Deleted {
  return fs.existsSync(file()) ? (JSON.parse(fs.readFileSync(file(), "utf8")) as Deleted) : {};
}

export function bury(id: string): void {
  fs.writeFileSync(file(), JSON.stringify({ ...read(), [id]: Date.now() }));
}

/** Refuses a name that was given up less than so many days ago. */
export function refuseBuried(id: string, days: number, message: string): void {
  const deleted = read()[id];
  if (deleted !== undefined && Date.now() - deleted < days * DAY) throw new CloudError(message);
}
