import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "aws:appautoscaling/policy:Policy": { name: { property: "name", max: 256 } },
};
