// neuronetz tenant NAME RPM TPM | neuronetz key TENANT NAME
import { poolOf } from "/app/lib/database.mjs";
import { makeKey } from "/app/keys.mjs";

const [what, name, ...rest] = process.argv.slice(2);
const database = poolOf(process.env.DATABASE_URL, 1);
if (what === "tenant") {
  await database.query("INSERT INTO tenants (name, rpm, tpm) VALUES ($1, $2, $3)", [name, ...rest]);
} else if (what === "key") {
  console.log(await makeKey(database, name, rest[0]));
} else throw new Error("say tenant or key");
await database.end();
