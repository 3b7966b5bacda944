import type { RealLifecycle } from "../lib/lifecycle";
import type { PackageTable } from "../lib/table";
import { RealDocker } from "./real/index";

/** A simulated Docker engine: it knows what the provider and the engine refuse, and runs nothing. */
export const provider: PackageTable = {
  name: "docker",
  services: { index: () => import("./engine") },
  place: (config) => ({ host: config.host ?? "unix:///var/run/docker.sock" }),
  scopes: { region: ["host"], account: ["host"], global: [] },
  // Images are pulled, and these networks are always there.
  ambient: (type, value) => type === "docker:index/network:Network" && ENGINE.includes(value),
};

/** The engine's own, and that of a host's nginx-proxy, which others have made. */
const ENGINE = ["bridge", "host", "none", "proxy"];

/** The same package on a real engine. */
export const real: RealLifecycle = (config) => new RealDocker(provider, config);
