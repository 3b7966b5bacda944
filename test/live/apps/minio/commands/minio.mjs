// minio server /data --certs-dir DIR: S3 with object lock, as much of it as a locked archive uses.
import fs from "node:fs";
import https from "node:https";
import { signerOf } from "/app/lib/s3.mjs";
import { bodyOf } from "/app/lib/server.mjs";
import * as settings from "/app/lib/settings.mjs";
import { administrate, operationOf } from "/app/operations.mjs";
import { allows } from "/app/policy.mjs";
import { refusal, Store } from "/app/store.mjs";

const [command, folder, flag, certificates] = process.argv.slice(2);
if (command !== "server" || flag !== "--certs-dir") {
  settings.refuse("it is called as: minio server FOLDER --certs-dir DIR");
}
const env = settings.readSettings({
  MINIO_ROOT_USER: settings.present,
  MINIO_ROOT_PASSWORD: settings.secret(8),
  MINIO_KMS_SECRET_KEY: settings.matching(/^[\w-]+:[A-Za-z0-9+/]{43}=$/, "name:key of 32 bytes"),
  MINIO_KMS_AUTO_ENCRYPTION: settings.is("on"),
});
await settings.writable(folder);
const store = new Store(folder, Buffer.from(env.MINIO_KMS_SECRET_KEY.split(":")[1], "base64"));

const secretOf = (user) =>
  user === env.MINIO_ROOT_USER ? env.MINIO_ROOT_PASSWORD : store.users[user]?.secret;

function answer(request, url, body) {
  if (url.pathname === "/minio/health/ready") return "";
  const user = signerOf(request, body, url, secretOf);
  if (!user) throw refusal(403, "SignatureDoesNotMatch");
  const isRoot = user === env.MINIO_ROOT_USER;
  if (url.pathname.startsWith("/stand-in/admin/")) {
    if (!isRoot) throw refusal(403, "AccessDenied");
    return administrate(url, body.toString(), store);
  }
  const { actions, at, run } = operationOf(request, url, body, store);
  const documents = isRoot ? [] : store.users[user].policies.map((name) => store.policies[name]);
  if (!isRoot && !actions.every((action) => allows(documents, action, at))) {
    throw refusal(403, "AccessDenied");
  }
  return run();
}

const server = https.createServer(
  {
    cert: fs.readFileSync(`${certificates}/public.crt`),
    key: fs.readFileSync(`${certificates}/private.key`),
    minVersion: "TLSv1.2",
  },
  async (request, response) => {
    const body = await bodyOf(request);
    try {
      const told = answer(request, new URL(request.url, "https://minio"), body);
      if (request.method !== "GET") store.save();
      response.writeHead(200).end(told ?? "");
    } catch (error) {
      response.writeHead(error.status ?? 500).end(error.message);
    }
  },
);
process.on("SIGTERM", () => server.close(() => process.exit(0)));
server.listen(9000);
