import type { PackageTable } from "../lib/table";

/** The tls package: real keys and certificates, kept in the state like the real provider's. */
export const provider: PackageTable = {
  name: "tls",
  stateOnly: true,
  services: { index: () => import("./certificates") },
};
