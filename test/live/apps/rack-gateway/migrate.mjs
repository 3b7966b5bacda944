import { migrate, poolOf } from "/app/lib/database.mjs";
import { postgresUrl, readSettings } from "/app/lib/settings.mjs";
import { MIGRATIONS } from "./migrations.mjs";

const env = readSettings({ ADMIN_DATABASE_URL: postgresUrl });
const pool = poolOf(env.ADMIN_DATABASE_URL, 1);
await migrate(pool, MIGRATIONS);
console.log("stand-in: migrated");
await pool.end();
