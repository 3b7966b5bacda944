import { alembic } from "/app/lib/alembic.mjs";
import { asyncpgUrl } from "/app/lib/settings.mjs";
import { MIGRATIONS } from "/app/migrations.mjs";

await alembic(MIGRATIONS, asyncpgUrl);
