import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "aws:sns/topic:Topic": { name: { property: "name", max: 256 } },
};
