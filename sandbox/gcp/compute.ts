import type { TypeTable } from "../lib/table";
import { edgeTypes } from "./compute-edge";
import { machineTypes } from "./compute-machines";
import { networkTypes } from "./compute-network";
import { regionalEdgeTypes } from "./compute-regional-edge";

export const types: Record<string, TypeTable> = {
  ...networkTypes,
  ...edgeTypes,
  ...regionalEdgeTypes,
  ...machineTypes,
};
