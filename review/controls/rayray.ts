import type { Control } from "./control";
import { OPERATION } from "./operation";
import { PROTECTION } from "./protection";

/** The NIST controls of RayRay's security plan, by id. */
export const RAYRAY_CONTROLS: readonly Control[] = [...OPERATION, ...PROTECTION].sort((a, b) =>
  a.id.localeCompare(b.id, "en", { numeric: true }),
);
