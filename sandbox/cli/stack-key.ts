import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";

/**
 * Encrypts config values the way Pulumi's passphrase provider does (sdk/go/common/resource/config/crypt.go):
 * PBKDF2-SHA256 with a million rounds, then AES-256-GCM, written as `v1:<nonce>:<cipher text>`.
 */
export class StackKey {
  readonly #key: Buffer;

  /** `encryptionsalt` is the field of a stack file: `v1:<salt>:v1:<nonce>:<cipher text>`. */
  constructor(passphrase: string, encryptionsalt: string) {
    const salt = encryptionsalt.split(":")[1];
    if (!encryptionsalt.startsWith("v1:") || salt === undefined) {
      throw new Error(
        `encryptionsalt: version ${encryptionsalt.split(":")[0]} is not known; use the pinned CLI`,
      );
    }
    this.#key = pbkdf2Sync(passphrase, Buffer.from(salt, "base64"), 1_000_000, 32, "sha256");
  }

  encrypt(text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${body.toString("base64")}`;
  }
}
