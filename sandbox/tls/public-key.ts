import { createHash } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** OpenSSH has no name for other curves. */
const SSH_CURVES: Readonly<Record<string, string>> = {
  "P-256": "nistp256",
  "P-384": "nistp384",
  "P-521": "nistp521",
};

/** What OpenSSH tells of a public key: its line and its fingerprints. */
export function sshForms(key: KeyObject): {
  publicKeyOpenssh: string;
  publicKeyFingerprintMd5: string;
  publicKeyFingerprintSha256: string;
} {
  const [type, body] = sshBody(key);
  const md5 = createHash("md5").update(body).digest("hex").match(/../g) ?? [];
  const sha256 = createHash("sha256").update(body).digest("base64").replace(/=+$/, "");
  return {
    publicKeyOpenssh: `${type} ${body.toString("base64")}\n`,
    publicKeyFingerprintMd5: md5.join(":"),
    publicKeyFingerprintSha256: `SHA256:${sha256}`,
  };
}

/** RFC 4253, 5656 and 8709 form of a public key. */
function sshBody(key: KeyObject): [string, Buffer] {
  const jwk = key.export({ format: "jwk" });
  const bytes = (text = ""): Buffer => Buffer.from(text, "base64url");
  const body = (type: string, ...parts: Buffer[]): [string, Buffer] => [
    type,
    Buffer.concat([Buffer.from(type), ...parts].map(field)),
  ];
  if (jwk.kty === "RSA") return body("ssh-rsa", positive(bytes(jwk.e)), positive(bytes(jwk.n)));
  if (jwk.kty === "OKP") return body("ssh-ed25519", bytes(jwk.x));
  const curve = SSH_CURVES[jwk.crv ?? ""] ?? "";
  const point = Buffer.concat([Buffer.from([4]), bytes(jwk.x), bytes(jwk.y)]);
  return body(`ecdsa-sha2-${curve}`, Buffer.from(curve), point);
}

function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A leading zero keeps a number from being read as negative. */
function positive(bytes: Buffer): Buffer {
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}
