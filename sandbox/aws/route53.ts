import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "aws:route53/zone:Zone": {},
};
