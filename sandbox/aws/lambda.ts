import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "aws:lambda/function:Function": { name: { property: "name", max: 64 } },
};
