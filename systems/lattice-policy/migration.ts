/**
 * The application has no migration command: its start-up applies the files. The job does the same
 * and ends. It must refuse an empty DATABASE_URL, since `initDb` then returns as if all were well.
 * 0.1.0 is built into `dist`, later versions into `server/dist`.
 */
const SCRIPT = `
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
if (!process.env.DATABASE_URL) throw new Error("DATABASE_URL is empty");
const require = createRequire(process.cwd() + "/");
const built = ["./dist/db", "./server/dist/db"].flatMap((path) => {
  try { return [require.resolve(path)]; } catch { return []; }
})[0];
if (!built) throw new Error("the image has neither dist/db nor server/dist/db");
const loaded = await import(pathToFileURL(built).href);
const { initDb, closeDb } = loaded.initDb ? loaded : loaded.default;
await initDb();
await closeDb();
`;

export const MIGRATION = ["node", "--input-type=module", "--eval", SCRIPT];
