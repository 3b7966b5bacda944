import type { Resource } from "../../policy/lib/resource";

/** The right of one identity to read secrets of the cloud's store. */
export interface Grant {
  /** The identity's resource; its name and identifier where it is none of the stack's. */
  readonly identity: Resource | string;
  /** Whether a secret, by its identifier in the store, is among them. */
  covers(id: string): boolean;
}
