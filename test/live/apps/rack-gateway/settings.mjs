import * as settings from "/app/lib/settings.mjs";

const anchored = Boolean(process.env.AUDIT_ANCHOR_BUCKET);
const withAnchors = (check) => (anchored ? check : settings.absent);

export const env = settings.readSettings({
  APP_SECRET_KEY: settings.matching(/^[A-Za-z0-9+/]{43}=$/, "32 bytes in base64"),
  DOMAIN: settings.matching(/^[a-z0-9.-]+$/, "a host name"),
  PORT: settings.is("8080"),
  DEV_MODE: settings.is("false"),
  COOKIE_SECURE: settings.is("true"),
  TRUSTED_PROXY_CIDRS: settings.matching(/^10\.[\d.]+\/\d+$/, "a private range"),
  LOG_LEVEL: settings.present,
  GOOGLE_CLIENT_ID: settings.present,
  GOOGLE_CLIENT_SECRET: settings.present,
  GOOGLE_ALLOWED_DOMAIN: settings.present,
  ADMIN_USERS: settings.matching(/^[^,@]+@[^,@]+(,[^,@]+@[^,@]+){1,2}$/, "two or three addresses"),
  DATABASE_URL: settings.postgresUrl,
  DB_MAX_OPEN_CONNS: settings.is("25"),
  DB_MAX_IDLE_CONNS: settings.is("5"),
  RACK_TOKEN: settings.present,
  RACK_HOST: settings.matching(/^https:\/\//, "an https address"),
  RACK_USERNAME: settings.present,
  RACK: settings.present,
  AUDIT_HMAC_SECRET: settings.matching(/^[0-9a-f]{64}$/, "64 hexadecimal digits"),
  AUDIT_ANCHOR_CHAIN_ID: withAnchors(settings.present),
  AUDIT_ANCHOR_RETENTION_DAYS: withAnchors(settings.matching(/^\d+$/, "a number")),
  AUDIT_ANCHOR_INTERVAL_MINUTES: withAnchors(settings.is("60")),
  AWS_REGION: withAnchors(settings.present),
  AWS_ACCESS_KEY_ID: withAnchors(settings.present),
  AWS_SECRET_ACCESS_KEY: withAnchors(settings.present),
  AWS_ENDPOINT_URL_S3: withAnchors(settings.matching(/^https:\/\//, "an https address")),
  AWS_CA_BUNDLE: withAnchors(settings.present),
});
