import path from "node:path";
import { cacheRoot } from "../toolchain/cache.js";

/** Where the engine that we start ourselves lives; only root starts one. */
export const RUN = "/run/portolan";
export const OWN_SOCKET = path.join(RUN, "docker.sock");
export const OWN_PID = path.join(RUN, "docker.pid");

/** Folder of what takes long to make and is kept between runs: programs, packages, the engine's data. */
export const cacheFolder = (...parts: string[]): string =>
  path.join(path.dirname(cacheRoot(process.env)), ...parts);
