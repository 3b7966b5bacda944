import * as fs from "node:fs";
import * as path from "node:path";
import { CloudError } from "../lib/table";

/** Names that stay taken after what bore them is gone. Kept beside the simulated cloud. */
const FILE = "azure-deleted-names.json";

const file = (): string => path.join(process.env.SANDBOX_CLOUD ?? ".", FILE);

function read(): Record<string, number> {
  return fs.existsSync(file())
    ? (JSON.parse(fs.readFileSync(file(), "utf8")) as Record<string, number>)
    : {};
}

/** Remembers a deleted name for so many days. */
export function bury(name: string, days: number): void {
  const until = Date.now() + days * 24 * 60 * 60 * 1000;
  fs.writeFileSync(file(), JSON.stringify({ ...read(), [name]: until }));
}

/** Refuses a name that is still held by something deleted. */
export function refuseBuried(name: string, message: string): void {
  const until = read()[name];
  if (until !== undefined && until > Date.now()) throw new CloudError(message);
}
