import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The application is written in Python, whose library brings SQLite; Node.js 20 has none. */
const SCRIPT = `
import json, sqlite3, sys
database = sqlite3.connect(sys.argv[1])
rows = database.execute(sys.argv[2], json.loads(sys.argv[3])).fetchall()
database.commit()
print(json.dumps(rows))
`;

/** Runs one statement on a SQLite file and gives its rows. */
export async function query(file, sql, values = []) {
  const { stdout } = await run("python", ["-c", SCRIPT, file, sql, JSON.stringify(values)]);
  return JSON.parse(stdout);
}
