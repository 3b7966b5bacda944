/** Words that make a name the name of a secret. */
const SECRET_WORDS =
  /(^|_)(PASSWORD|PASSWD|PASS|PASSPHRASE|PWD|SECRET|SECRETS|TOKEN|API_?KEY|APIKEY|PRIVATE_?KEY|ACCESS_?KEY|ACCOUNT_?KEY|ENCRYPTION_?KEY|SIGNING_?KEY|SECRET_?KEY|CREDENTIALS?|AUTH_?KEY|MASTER_?KEY|(?:SESSION|COOKIE|JWT|HMAC|CRYPTO|CIPHER|DATA|FERNET|LICENSE|AES|RSA|SSH|TLS|WEBHOOK|DEPLOY|STRIPE|OPENAI|ANTHROPIC|SENDGRID)_?KEY|CONNECTION_?STRING|PGPASSWORD|PGPASS|SALT|PEPPER)(_|$)/;

/** Names that hold such a word and mean something else. */
const HARMLESS =
  /(_FILE|_PATH|_ARN|_NAME|_ID|_URL|_URI|_ENDPOINT|_TTL|_EXPIRY|_EXPIRATION|_EXPIRES(_IN)?|_LIFETIME|_LENGTH|_MIN|_MAX|_LIMIT|_TYPE|_REF|_VERSION|_HEADER|_ISSUER|_AUDIENCE|_POLICY|_ENABLED|_ROTATION|_SECONDS|_MINUTES|_DAYS|_COUNT|_BUDGET|_REGION)$|^(MAX|NEXT_PUBLIC|PUBLIC|NUM|USE|ENABLE|DISABLE|REQUIRE|ALLOW)_|PUBLIC_?KEY|PASS_THROUGH|(^|_)MAX_|_TOKENS$/;

/** True if a variable of this name holds a secret. */
export function isSecretName(name: string): boolean {
  const upper = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase();
  return SECRET_WORDS.test(upper) && !HARMLESS.test(upper);
}

/** Shapes only secrets have. */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_[A-Za-z0-9_]{40,}/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\bsk_(?:live|test)_[A-Za-z0-9]{16,}/,
  /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  /\bAccountKey=[A-Za-z0-9+/=]{20,}/i,
  /\bSharedAccessKey=[A-Za-z0-9+/=]{20,}/i,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\b(?:Password|Pwd)=[^;${}\s]{4,};?/i,
  // A user and a password before the host; placeholders such as ${PASSWORD} are filled in elsewhere.
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*:(?![$<{%])[^\s/?#@]{3,}@/i,
];

/** True if a text has the shape of a secret, whatever it is called. */
export function looksLikeSecret(text: string): boolean {
  return SHAPES.some((shape) => shape.test(text));
}
