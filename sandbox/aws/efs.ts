import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "aws:efs/fileSystem:FileSystem": {},
};
