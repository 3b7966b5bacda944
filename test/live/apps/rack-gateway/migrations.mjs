/** Rights are not given here: the owner's tables are open to the gateway's login from the start. */
export const MIGRATIONS = [
  "CREATE TABLE users (email text PRIMARY KEY, made timestamptz NOT NULL DEFAULT now())",
  `CREATE SCHEMA audit;
   CREATE TABLE audit.events (
     id bigserial PRIMARY KEY,
     event text NOT NULL,
     chained bytea NOT NULL)`,
];
