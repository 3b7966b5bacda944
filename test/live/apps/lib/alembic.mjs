import { migrate, poolOf, revisionOf } from "./database.mjs";
import { readSettings } from "./settings.mjs";

/** `alembic upgrade head` and `alembic current`, with a list of scripts; nothing else is known. */
export async function alembic(migrations, databaseUrl) {
  const env = readSettings({ DATABASE_URL: databaseUrl });
  const command = process.argv.slice(2).join(" ");
  const pool = poolOf(env.DATABASE_URL, 1);
  if (command === "upgrade head") await migrate(pool, migrations);
  else if (command !== "current") throw new Error(`alembic ${command} is not for a release`);
  console.log(`stand-in: revision ${await revisionOf(pool)} of ${migrations.length}`);
  await pool.end();
}
