import type { PackageTable } from "../lib/table";

/** The random package: real random values, kept in the state like the real provider's. */
export const provider: PackageTable = {
  name: "random",
  stateOnly: true,
  services: { index: () => import("./values") },
};
