import pg from "pg";

/** A pool for a URL in libpq's or asyncpg's spelling. `require` encrypts and checks no certificate. */
export function poolOf(url, max = 10) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const mode = searchParams.get("sslmode") ?? searchParams.get("ssl");
  const pool = new pg.Pool({
    ...{ host: hostname, port: Number(port || 5432), database: pathname.slice(1), max },
    ...{ user: decodeURIComponent(username), password: decodeURIComponent(password) },
    ssl: { rejectUnauthorized: !["require", "no-verify"].includes(mode) },
  });
  pool.on("error", (error) => console.error(`stand-in: database: ${error.message}`));
  return pool;
}

/** Applies what is missing of a list of scripts, one at a time whoever else tries. */
export async function migrate(pool, migrations) {
  const client = await pool.connect();
  try {
    const { rows } = await client.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    if (!rows[0]?.ssl) throw new Error("the connection to PostgreSQL is not encrypted");
    await client.query("SELECT pg_advisory_lock(4711)");
    await client.query(
      "CREATE TABLE IF NOT EXISTS migrations (number int PRIMARY KEY, at timestamptz DEFAULT now())",
    );
    const done = await revisionOf(client);
    for (const [number, sql] of migrations.entries()) {
      if (number < done) continue;
      await client.query("BEGIN");
      await client.query(sql);
      await client.query("INSERT INTO migrations (number) VALUES ($1)", [number]);
      await client.query("COMMIT");
    }
    if (process.env.STAND_IN_FAULT === "failing-migration") {
      throw new Error("this version's migration fails on purpose");
    }
  } finally {
    await client.query("SELECT pg_advisory_unlock_all()").catch(() => {});
    client.release();
  }
}

/** How many scripts have been applied. */
export const revisionOf = async (database) =>
  (await database.query("SELECT count(*)::int AS n FROM migrations")).rows[0].n;
