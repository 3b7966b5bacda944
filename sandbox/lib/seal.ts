import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { isObject, Wrapped } from "./values";
import type { Plain, Value } from "./values";

/** Marks an encrypted value in a file of the simulated cloud. */
const SEALED = "$sealed";

/** Encrypts secret values of the simulated cloud at rest, with a key derived from the sandbox's passphrase. */
export class Seal {
  readonly #key: Buffer;

  /** The passphrase is 32 random bytes, so a plain HKDF is enough; no stretching that would cost each start 0.3 s. */
  constructor(passphrase: string) {
    this.#key = Buffer.from(hkdfSync("sha256", passphrase, "portolan-sandbox", "cloud", 32));
  }

  /** JSON form of a value: secrets become `{"$sealed": "..."}`. */
  close(value: Value): Plain {
    if (value instanceof Wrapped) {
      return value.secret ? { [SEALED]: this.#encrypt(value.value) } : this.close(value.value);
    }
    if (Array.isArray(value)) return value.map((item) => this.close(item));
    if (isObject(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, this.close(item)]),
      );
    }
    return value;
  }

  /** The value behind its JSON form. */
  open(json: Plain): Value {
    if (Array.isArray(json)) return json.map((item) => this.open(item));
    if (typeof json === "object" && json !== null) {
      if (typeof json[SEALED] === "string") return new Wrapped(this.#decrypt(json[SEALED]), true);
      return Object.fromEntries(
        Object.entries(json).map(([key, item]) => [key, this.open(item as Plain)]),
      );
    }
    return json;
  }

  #encrypt(value: Value): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const body = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
  }

  #decrypt(sealed: string): Value {
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    const body = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
    return JSON.parse(body.toString("utf8")) as Value;
  }
}
