import fs from "node:fs";
import path from "node:path";

interface Entry {
  version: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const file = path.resolve(__dirname, "../../package-lock.json");
const packages: Record<string, Entry> = JSON.parse(fs.readFileSync(file, "utf8")).packages;

test("the lockfile holds the binaries of every platform, or npm ci refuses it (scripts/complete-lockfile.mjs adds them)", () => {
  const wanted = Object.values(packages).flatMap((entry) =>
    Object.keys(entry.optionalDependencies ?? {}),
  );
  const missing = wanted.filter(
    (name) => !Object.keys(packages).some((where) => where.endsWith(`node_modules/${name}`)),
  );
  expect(wanted.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

test("the lockfile names no registry", () => {
  expect(Object.values(packages).filter((entry) => entry.resolved)).toEqual([]);
});
