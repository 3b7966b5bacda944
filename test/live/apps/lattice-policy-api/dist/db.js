// Stand-in: applies migrations at start-up, as the application does. `initDb` returns silently
// without a DATABASE_URL, which is what the migration job has to notice.
const { Pool } = require("pg");

const MIGRATIONS = [
  `CREATE TABLE policies (
     id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
     holder text NOT NULL,
     premium numeric(12, 2) NOT NULL,
     made timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE quotes (id bigserial PRIMARY KEY, policy uuid REFERENCES policies, amount numeric(12, 2))`,
];

let pool;

async function initDb() {
  if (!process.env.DATABASE_URL) return;
  pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
  pool.on("error", (error) => console.error(`stand-in: database: ${error.message}`));
  const client = await pool.connect();
  try {
    const { rows } = await client.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    if (!rows[0]?.ssl) throw new Error("the connection to PostgreSQL is not encrypted");
    await client.query("SELECT pg_advisory_lock(4711)");
    await client.query('CREATE EXTENSION IF NOT EXISTS "uuid-ossp"');
    await client.query(
      "CREATE TABLE IF NOT EXISTS migrations (number int PRIMARY KEY, at timestamptz DEFAULT now())",
    );
    const done = (await client.query("SELECT count(*)::int AS n FROM migrations")).rows[0].n;
    for (const [number, sql] of MIGRATIONS.entries()) {
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

const closeDb = async () => pool?.end();
const query = (text, values) => pool.query(text, values);

module.exports = { initDb, closeDb, query };
