import type { OneOffJobSpec } from "./one-off-job";
import type { PostgresDescription } from "./system";

/**
 * Makes the owner's login, the further logins with their rights and the extensions, and may run again
 * at any time. The password goes
 * through `\password`, which sends a SCRAM verifier: a plain ALTER ROLE would stand in the server's
 * log as soon as DDL is logged. The administrator must be a member of the role it hands the
 * database to, since it is no superuser on a managed server.
 */
const SCRIPT = `
psql --no-psqlrc -v ON_ERROR_STOP=1 -v owner="$OWNER" -v database="$PGDATABASE" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', :'owner')
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'owner') \\gexec
GRANT :"owner" TO CURRENT_USER;
ALTER DATABASE :"database" OWNER TO :"owner";
SQL
for role in $ROLES; do
  psql --no-psqlrc -v ON_ERROR_STOP=1 -v role="$role" -v owner="$OWNER" -v database="$PGDATABASE" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', :'role')
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \\gexec
GRANT CONNECT ON DATABASE :"database" TO :"role";
GRANT USAGE ON SCHEMA public TO :"role";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT USAGE ON SCHEMAS TO :"role";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"role";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT USAGE, SELECT ON SEQUENCES TO :"role";
SQL
  variable=$(printf 'ROLE_PASSWORD_%s' "$role" | tr 'a-z-' 'A-Z_')
  password=$(printenv "$variable")
  printf '%s\\n%s\\n' "$password" "$password" |
    psql --no-psqlrc -v ON_ERROR_STOP=1 -c "\\\\password $role"
done
for extension in $EXTENSIONS; do
  psql --no-psqlrc -v ON_ERROR_STOP=1 -v extension="$extension" <<'SQL'
CREATE EXTENSION IF NOT EXISTS :"extension";
SQL
done
printf '%s\\n%s\\n' "$OWNER_PASSWORD" "$OWNER_PASSWORD" |
  psql --no-psqlrc -v ON_ERROR_STOP=1 -c "\\\\password $OWNER"
`;

/** Names of the secrets the job reads, made by `deploy`. */
export const adminPasswordSecret = (database: string): string => `${database}-admin-password`;
export const ownerPasswordSecret = (database: string): string => `${database}-owner-password`;
export const rolePasswordSecret = (database: string, role: string): string =>
  `${database}-${role.replaceAll("_", "-")}-password`;

/** The bootstrap job of one database. Host, port and administrator come as linked variables. */
export function bootstrapJob(name: string, postgres: PostgresDescription): OneOffJobSpec {
  const roles = postgres.roles ?? [];
  return {
    command: ["sh", "-euc", SCRIPT],
    cpu: 0.25,
    memoryMiB: 512,
    uid: 70,
    timeoutSeconds: 300,
    logDays: postgres.logDays,
    env: {
      PGDATABASE: postgres.database,
      PGSSLMODE: "require",
      OWNER: postgres.owner,
      ROLES: roles.join(" "),
      EXTENSIONS: (postgres.extensions ?? []).join(" "),
    },
    secrets: {
      PGPASSWORD: adminPasswordSecret(name),
      OWNER_PASSWORD: ownerPasswordSecret(name),
      ...Object.fromEntries(
        roles.map((role) => [
          `ROLE_PASSWORD_${role.toUpperCase().replaceAll("-", "_")}`,
          rolePasswordSecret(name, role),
        ]),
      ),
    },
  };
}
