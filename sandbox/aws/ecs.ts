import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "aws:ecs/cluster:Cluster": { name: { property: "name", max: 255 } },
};
