// mc, as much of it as makes a locked bucket and a writer: see the script that a deployment runs.
import fs from "node:fs";
import https from "node:https";
import { s3Client } from "/app/lib/s3.mjs";

const flags = ["--quiet", "--insecure", "--ignore-existing", "--with-lock", "--default"];
const words = process.argv.slice(2).filter((word) => !flags.includes(word));
const at = words.indexOf("--config-dir");
if (at >= 0) words.splice(at, 2);
const line = words.join(" ");

/** Ready means that it answers; the certificate is nobody's business there. */
function ready() {
  const options = { host: "127.0.0.1", port: 9000, path: "/minio/health/ready" };
  https
    .get({ ...options, rejectUnauthorized: false }, ({ statusCode }) =>
      process.exit(statusCode === 200 ? 0 : 1),
    )
    .on("error", () => process.exit(1));
}

async function administrate() {
  const { protocol, host, username, password } = new URL(process.env.MC_HOST_store);
  const ask = s3Client({
    ...{ endpoint: `${protocol}//${host}`, region: "us-east-1", key: username, secret: password },
    ca: fs.readFileSync(process.env.SSL_CERT_FILE),
  });
  const expect = async (asked, ...known) => {
    const { status, text } = await asked;
    if (status !== 200 && !known.includes(text)) throw new Error(`${line}: ${status} ${text}`);
    return text;
  };
  const own = (what, body) => ask("PUT", `/stand-in/admin/${what}`, { body: JSON.stringify(body) });
  const bucket = () => `/${words.at(-1).replace("store/", "")}`;
  const [first, second, third] = words;
  const CALLS = {
    mb: () =>
      expect(
        ask("PUT", bucket(), { headers: { "x-amz-bucket-object-lock-enabled": "true" } }),
        "BucketAlreadyOwnedByYou",
      ),
    "version enable": () => expect(ask("PUT", bucket(), { query: { versioning: "" } })),
    "retention set": () => {
      const body = JSON.stringify({ mode: third.toUpperCase(), days: Number.parseInt(words[3]) });
      return expect(ask("PUT", bucket(), { query: { "object-lock": "" }, body }));
    },
    "admin policy create": () =>
      expect(own("policy", { name: words[4], document: JSON.parse(fs.readFileSync(words[5])) })),
    "admin user add": () => expect(own("user", { name: words[4], secret: words[5] })),
    "admin policy attach": () => expect(own("attach", { policy: words[4], user: words[6] })),
    "admin user info": async () => console.log(await expect(own("info", { user: words[4] }))),
  };
  const call = CALLS[`${first} ${second} ${third}`] ?? CALLS[`${first} ${second}`] ?? CALLS[first];
  if (!call) throw new Error(`mc ${line} is not known here`);
  await call();
}

if (line === "ready local") ready();
else await administrate();
