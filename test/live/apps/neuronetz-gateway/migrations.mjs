export const MIGRATIONS = [
  "CREATE TABLE tenants (name text PRIMARY KEY, rpm int NOT NULL, tpm int NOT NULL)",
  `CREATE TABLE keys (
     name text NOT NULL,
     tenant text NOT NULL REFERENCES tenants,
     salt bytea NOT NULL,
     hash bytea NOT NULL,
     prefix text PRIMARY KEY)`,
  `CREATE TABLE audit (
     id bigserial PRIMARY KEY,
     at timestamptz NOT NULL DEFAULT now(),
     tenant text NOT NULL,
     client inet NOT NULL,
     model text NOT NULL,
     tokens int NOT NULL)`,
];
