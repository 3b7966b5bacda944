import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "aws:wafv2/webAcl:WebAcl": { name: { property: "name", max: 128 } },
};
