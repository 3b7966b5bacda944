import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from "node:crypto";
import fs from "node:fs";

const DAY_MS = 86_400_000;

/** A refusal, as S3 answers it. */
export const refusal = (status, code) => Object.assign(new Error(code), { status });

/** Buckets, users and policies in one file below the data folder; what objects hold is encrypted. */
export class Store {
  #file;
  #key;
  #state = { buckets: {}, users: {}, policies: {} };

  constructor(folder, key) {
    this.#file = `${folder}/store.json`;
    this.#key = key;
    if (fs.existsSync(this.#file)) this.#state = JSON.parse(fs.readFileSync(this.#file, "utf8"));
  }

  get users() {
    return this.#state.users;
  }
  get policies() {
    return this.#state.policies;
  }

  save() {
    fs.writeFileSync(this.#file, JSON.stringify(this.#state));
  }

  bucket(name) {
    const found = this.#state.buckets[name];
    if (!found) throw refusal(404, "NoSuchBucket");
    return found;
  }

  makeBucket(name, locked) {
    if (this.#state.buckets[name]) throw refusal(409, "BucketAlreadyOwnedByYou");
    this.#state.buckets[name] = { locked, versioned: locked, objects: {} };
  }

  versions(bucket, key) {
    const found = this.bucket(bucket).objects[key];
    if (!found || found.length === 0) throw refusal(404, "NoSuchKey");
    return found;
  }

  /** A version that is locked as the bucket says, unless the request says it itself. */
  put(bucket, key, body, lock) {
    const { objects, retention } = this.bucket(bucket);
    const standard = retention && {
      mode: retention.mode,
      until: Date.now() + retention.days * DAY_MS,
    };
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, iv);
    const data = Buffer.concat([iv, cipher.update(body), cipher.final(), cipher.getAuthTag()]);
    const made = { version: randomUUID(), data: data.toString("base64"), ...(lock ?? standard) };
    (objects[key] ??= []).push(made);
    return made.version;
  }

  get(bucket, key) {
    const sealed = Buffer.from(this.versions(bucket, key).at(-1).data, "base64");
    const decipher = createDecipheriv("aes-256-gcm", this.#key, sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  }

  /** Nobody removes a locked version; a governor may, who asks to be let past. */
  remove(bucket, key, version, bypass) {
    const found = this.versions(bucket, key);
    const at = found.findIndex((each) => each.version === version);
    if (at < 0) throw refusal(404, "NoSuchVersion");
    this.#mayChange(found[at], bypass);
    found.splice(at, 1);
  }

  retain(bucket, key, mode, until, bypass) {
    const newest = this.versions(bucket, key).at(-1);
    const weaker = newest.mode === "COMPLIANCE" && mode !== "COMPLIANCE";
    if (weaker || until < (newest.until ?? 0)) this.#mayChange(newest, bypass);
    Object.assign(newest, { mode, until });
  }

  #mayChange({ mode, until = 0 }, bypass) {
    if (until < Date.now() || (mode === "GOVERNANCE" && bypass)) return;
    throw refusal(403, "AccessDenied");
  }
}
