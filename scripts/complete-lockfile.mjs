import fs from "node:fs";
import path from "node:path";
import setup from "./setup/index.js";

const LOCKFILE = path.join(setup.ROOT, "package-lock.json");
/** How the packages that hold one platform's binaries name it: system, processor, C library or ABI. */
const PLATFORM =
  /(?<os>aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(?<cpu>[a-z0-9]+)(?:-(?<abi>[a-z]+))?$/;
const LIBC = { gnu: "glibc", gnueabihf: "glibc", musl: "musl", musleabihf: "musl" };

/**
 * The lock entry of another platform's binary, as npm writes it, without the hash that only its registry knows.
 * System and processor keep npm from fetching it anywhere else.
 */
function entry(name, version) {
  const { os, cpu, abi } = PLATFORM.exec(name)?.groups ?? {};
  if (!os)
    throw new Error(
      `${name} is missing in package-lock.json and its name tells no platform; run npm install.`,
    );
  const libc = os === "linux" && LIBC[abi] ? { libc: [LIBC[abi]] } : {};
  return { version, cpu: [cpu], ...libc, license: "MIT", optional: true, os: [os] };
}

/** True when the lockfile holds the package anywhere. */
function isPresent(packages, name) {
  return Object.keys(packages).some((where) => where.endsWith(`node_modules/${name}`));
}

/**
 * A registry that lacks the binaries of other platforms makes `npm install` leave them out of the lockfile, and then
 * `npm ci` refuses the whole lockfile. This adds what the packages themselves declare.
 */
const lock = JSON.parse(fs.readFileSync(LOCKFILE, "utf8"));
const added = [];
for (const { optionalDependencies = {} } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (isPresent(lock.packages, name)) continue;
    lock.packages[`node_modules/${name}`] = entry(name, version);
    added.push(name);
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")),
);
if (added.length > 0) fs.writeFileSync(LOCKFILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(
  added.length > 0
    ? `Added to package-lock.json: ${added.join(", ")}`
    : "package-lock.json is complete.",
);
