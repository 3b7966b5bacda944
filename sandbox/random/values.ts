import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "random:index/randomPassword:RandomPassword": {
    id: "none",
    outputs: { result: "{hex:16}" },
    secrets: ["result"],
    replaceOn: ["keepers", "length"],
  },
};
