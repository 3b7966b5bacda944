// Stand-in: applies migrations at start-up, as the application does. `initDb` returns silently
// without a DATABASE_URL, which is what the migration job has to notice.
const MIGRATIONS = [
  `CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
   CREATE TABLE policies (
     id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
     holder text NOT NULL,
     premium numeric(12, 2) NOT NULL,
     made timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE quotes (id bigserial PRIMARY KEY, policy uuid REFERENCES policies, amount numeric(12, 2))`,
];

let pool;

async function initDb() {
  if (!process.env.DATABASE_URL) return;
  const { migrate, poolOf } = await import("/app/lib/database.mjs");
  pool = poolOf(process.env.DATABASE_URL);
  await migrate(pool, MIGRATIONS);
}

const closeDb = async () => pool?.end();
const query = (text, values) => pool.query(text, values);

module.exports = { initDb, closeDb, query };
