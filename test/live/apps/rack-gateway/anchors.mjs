import fs from "node:fs";
import { s3Client } from "/app/lib/s3.mjs";

/** Writes heads of the audit chain where nobody can remove them: one at once, then every interval. */
export async function anchor(env, headOf) {
  const ask = s3Client({
    ...{ endpoint: env.AWS_ENDPOINT_URL_S3, region: env.AWS_REGION },
    ...{ key: env.AWS_ACCESS_KEY_ID, secret: env.AWS_SECRET_ACCESS_KEY },
    ca: fs.readFileSync(env.AWS_CA_BUNDLE),
  });
  const bucket = `/${env.AUDIT_ANCHOR_BUCKET}`;
  const lock = await ask("GET", bucket, { query: { "object-lock": "" } });
  const { locked, retention } = JSON.parse(lock.text);
  if (!locked || retention?.days < Number(env.AUDIT_ANCHOR_RETENTION_DAYS)) {
    throw new Error(`the bucket ${env.AUDIT_ANCHOR_BUCKET} does not lock what is written`);
  }
  const write = async () => {
    const now = new Date().toISOString();
    const path = `${bucket}/${env.AUDIT_ANCHOR_CHAIN_ID}/${now.replaceAll(":", "")}.json`;
    const body = JSON.stringify({ at: now, head: await headOf() });
    const { status, text } = await ask("PUT", path, { body });
    if (status !== 200) throw new Error(`the anchor was not written: ${status} ${text}`);
    console.log(JSON.stringify({ type: "log", message: "audit anchor written", path }));
  };
  await write();
  setInterval(() => write().catch((error) => console.error(error.message)), 3_600_000);
}
