import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "aws:ssm/parameter:Parameter": { name: { property: "name", max: 2048 } },
};
