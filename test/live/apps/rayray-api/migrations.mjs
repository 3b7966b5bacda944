/** The extensions are the bootstrap's: without them the first script fails. */
export const MIGRATIONS = [
  `CREATE TABLE documents (
     id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
     bytes bigint NOT NULL,
     sha256 text NOT NULL,
     made timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE audit (
     id bigserial PRIMARY KEY,
     event text NOT NULL,
     hash bytea NOT NULL DEFAULT digest(gen_random_uuid()::text, 'sha256'))`,
];
