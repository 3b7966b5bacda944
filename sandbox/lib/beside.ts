import * as fs from "node:fs";
import * as path from "node:path";

/** JSON files beside the objects of the simulated cloud: what no resource holds, and what tests plant. */
const file = (name: string): string => path.join(process.env.SANDBOX_CLOUD ?? ".", name);

export function readBeside<T>(name: string, absent: T): T {
  return fs.existsSync(file(name))
    ? (JSON.parse(fs.readFileSync(file(name), "utf8")) as T)
    : absent;
}

export function writeBeside(name: string, value: unknown): void {
  const draft = `${file(name)}.${process.pid}.tmp`;
  fs.writeFileSync(draft, JSON.stringify(value, null, 2));
  fs.renameSync(draft, file(name));
}

/** Whether a text fits a pattern in which `*` stands for any characters. */
export function fits(pattern: string, text: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`, "s").test(text);
}
