import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

/** The application uses Argon2; here it is what Node.js brings. */
const hashOf = (key, salt) => scryptSync(key, salt, 32);
const PREFIX = 11;

/** Makes a key of a tenant and gives it; it is shown this once. */
export async function makeKey(database, tenant, name) {
  const key = `nz_${randomBytes(24).toString("hex")}`;
  const salt = randomBytes(16);
  await database.query(
    "INSERT INTO keys (name, tenant, salt, hash, prefix) VALUES ($1, $2, $3, $4, $5)",
    [name, tenant, salt, hashOf(key, salt), key.slice(0, PREFIX)],
  );
  return key;
}

/** The tenant whose key that is. */
export async function tenantOf(database, key) {
  const { rows } = await database.query(
    "SELECT tenants.*, salt, hash FROM keys JOIN tenants ON tenants.name = tenant WHERE prefix = $1",
    [key.slice(0, PREFIX)],
  );
  const [found] = rows;
  return found && timingSafeEqual(hashOf(key, found.salt), found.hash) ? found : undefined;
}
