import fs from "node:fs";
import path from "node:path";

const FILE = path.resolve(__dirname, "../../../.portolan/live/figures.json");

/** Everything that a run has measured, by name; the pages are written from it. */
export type Figures = Record<string, unknown>;

export function figures(): Figures {
  return fs.existsSync(FILE) ? (JSON.parse(fs.readFileSync(FILE, "utf8")) as Figures) : {};
}

/** Keeps a measured figure for `npm run docs -- live`; tests assert on none of them. */
export function note(name: string, value: unknown): void {
  fs.mkdirSync(path.dirname(FILE), { recursive: true });
  fs.writeFileSync(FILE, JSON.stringify({ ...figures(), [name]: value }, null, 2));
}

/** Runs something and gives its result with the seconds it took. */
export async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const began = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - began) / 1000 };
}
