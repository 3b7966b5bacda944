import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "aws:cloudwatch/logGroup:LogGroup": { name: { property: "name", max: 512 } },
};
