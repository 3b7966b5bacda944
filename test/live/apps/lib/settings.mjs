import fs from "node:fs/promises";

/** Exit code of a configuration error (sysexits.h). */
const EX_CONFIG = 78;

export function refuse(reason) {
  console.error(`stand-in: refused to start: ${reason}`);
  process.exit(EX_CONFIG);
}

/** Checks every variable; each check gives undefined or half a sentence. Ends the process on a fault. */
export function readSettings(checks, env = process.env) {
  const faults = Object.entries(checks).flatMap(([name, check]) => {
    const fault = check(env[name], env);
    return fault === undefined ? [] : [`${name} ${fault}`];
  });
  if (faults.length === 0) return env;
  return refuse(faults.join("; "));
}

export const is = (wanted) => (value) => (value === wanted ? undefined : `is not ${wanted}`);
export const oneOf =
  (...wanted) =>
  (value) =>
    wanted.includes(value) ? undefined : `is none of ${wanted.join(", ")}`;
export const present = (value) => (value ? undefined : "is missing");
export const optional = () => undefined;
export const absent = (value) => (value === undefined ? undefined : "is set");
export const matching = (pattern, words) => (value) =>
  pattern.test(value ?? "") ? undefined : `is not ${words}`;

/** Ends the process where its user cannot write. */
export async function writable(folder) {
  const file = `${folder}/.stand-in-${process.pid}`;
  try {
    await fs.writeFile(file, "");
    await fs.rm(file);
  } catch (error) {
    refuse(`uid ${process.getuid()} cannot write to ${folder}: ${error.message}`);
  }
}

/** Long enough, and not the same as other secrets. */
export const secret =
  (length, ...others) =>
  (value, env) => {
    if (!value) return "is missing";
    if (value.length < length) return `is shorter than ${length} characters`;
    const same = others.find((name) => env[name] === value);
    return same ? `is the same as ${same}` : undefined;
  };

/** A PostgreSQL URL that asks for TLS. */
export const postgresUrl = (value) => {
  if (!value) return "is missing";
  const mode = URL.canParse(value) && new URL(value).searchParams.get("sslmode");
  if (!mode) return "asks for no TLS";
  return ["require", "no-verify", "verify-ca", "verify-full"].includes(mode)
    ? undefined
    : `has sslmode=${mode}`;
};

/** The same in asyncpg's spelling. */
export const asyncpgUrl = (value) => {
  if (!value?.startsWith("postgresql+asyncpg://")) return "does not use the asyncpg driver";
  return new URL(value).searchParams.get("ssl") === "require" ? undefined : "asks for no TLS";
};

export const redisUrl = (value) => {
  if (!value) return "is missing";
  if (!URL.canParse(value) || new URL(value).protocol !== "rediss:") return "does not use TLS";
  return new URL(value).password === "" ? "has no password" : undefined;
};

/** Explicit https origins: no wildcard, no localhost. */
export const origins = (value) => {
  if (!value) return "is missing";
  const wrong = value
    .split(",")
    .find((each) => !URL.canParse(each) || new URL(each).origin !== each || !/^https:/.test(each));
  return wrong === undefined ? undefined : `has "${wrong}", which is no https origin`;
};
