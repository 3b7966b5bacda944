import type { IncomingHttpHeaders } from "node:http";

/** A request as an edge sees it. */
export interface Asked {
  readonly host: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Where an edge leads it. */
export interface Routed {
  /** Reference of the image that answers. */
  readonly image: string;
  /** Name of the revision that answers. */
  readonly revision: string;
  /** Headers that the edge itself sets in the answer. */
  readonly headers: Readonly<Record<string, string>>;
}
