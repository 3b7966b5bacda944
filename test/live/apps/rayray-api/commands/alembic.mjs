import { alembic } from "/app/lib/alembic.mjs";
import { postgresUrl } from "/app/lib/settings.mjs";
import { MIGRATIONS } from "/app/migrations.mjs";

await alembic(MIGRATIONS, postgresUrl);
