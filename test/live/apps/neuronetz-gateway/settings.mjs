import * as settings from "/app/lib/settings.mjs";

const number = (wanted) => settings.is(`${wanted}`);
const whole = settings.matching(/^[1-9]\d*$/, "a whole number");
const privateUrl = settings.matching(
  /^http:\/\/(ollama|neuronetz-ollama|10\.[\d.]+|[a-z0-9.-]+\.internal):\d+$/,
  "a private address of a model server",
);

/** The guide's whole table: a bad value stops the start. */
export const env = settings.readSettings({
  GATEWAY_BIND_HOST: settings.is("0.0.0.0"),
  GATEWAY_BIND_PORT: number(8080),
  GATEWAY_LOG_LEVEL: settings.is("INFO"),
  GATEWAY_LOG_FORMAT: settings.oneOf("json", "console"),
  GATEWAY_REQUEST_ID_HEADER: settings.is("X-Request-ID"),
  GATEWAY_TRUSTED_PROXIES: settings.present,
  OLLAMA_BASE_URL: privateUrl,
  OLLAMA_CONNECT_TIMEOUT_S: number(5),
  OLLAMA_READ_TIMEOUT_S: number(600),
  OLLAMA_MAX_CONNECTIONS: number(64),
  MODEL_DISCOVERY_REFRESH_S: number(60),
  MODEL_DISCOVERY_CACHE_TTL_S: number(120),
  DATABASE_URL: settings.asyncpgUrl,
  DATABASE_POOL_SIZE: number(10),
  DATABASE_POOL_OVERFLOW: number(20),
  REDIS_URL: settings.redisUrl,
  REDIS_KEY_CACHE_TTL_S: number(60),
  DEFAULT_RPM: whole,
  DEFAULT_TPM: whole,
  DEFAULT_CONCURRENT: whole,
  MAX_REQUEST_BODY_BYTES: number(262_144),
  MAX_NUM_PREDICT: whole,
  ARGON2_TIME_COST: number(3),
  ARGON2_MEMORY_COST_KIB: number(65_536),
  ARGON2_PARALLELISM: number(4),
  AUTH_FAILURE_RATE_LIMIT_PER_IP_PER_MIN: whole,
  AUDIT_BUFFER_SIZE: number(1000),
  PROMPT_LOG_DEFAULT_RETENTION_DAYS: number(30),
  AUDIT_LOG_DEFAULT_RETENTION_DAYS: number(365),
});
