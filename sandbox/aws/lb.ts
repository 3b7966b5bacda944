import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "aws:lb/loadBalancer:LoadBalancer": { name: { property: "name", max: 32 } },
};
