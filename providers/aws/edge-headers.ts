import type { Backend } from "../../components/https-edge";

/**
 * Response headers that an ALB listener sets by itself, replacing what the target sent, and the
 * values it takes. Whatever else is asked for is the task of a front container.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
const LISTENER = {
  "strict-transport-security": {
    attribute: "routingHttpResponseStrictTransportSecurityHeaderValue",
    takes: () => true,
  },
  "content-security-policy": {
    attribute: "routingHttpResponseContentSecurityPolicyHeaderValue",
    takes: (value: string) => value.length <= 1024,
  },
  "x-content-type-options": {
    attribute: "routingHttpResponseXContentTypeOptionsHeaderValue",
    takes: (value: string) => value === "nosniff",
  },
  "x-frame-options": {
    attribute: "routingHttpResponseXFrameOptionsHeaderValue",
    takes: (value: string) => value === "DENY" || value === "SAMEORIGIN",
  },
} as const;

export type ListenerHeaders = {
  -readonly [Header in keyof typeof LISTENER as (typeof LISTENER)[Header]["attribute"]]?: string;
};

export interface HeaderSplit {
  /** Attributes of the listener. */
  readonly listener: ListenerHeaders;
  /** Headers that a front container sets. */
  readonly front: Record<string, string>;
}

/**
 * Each header has exactly one of the two as its owner, so none can be sent twice. A listener serves
 * all backends: what one of them has a value of its own for is left to the fronts.
 */
export function splitHeaders(
  headers: Readonly<Record<string, string>>,
  backends: Readonly<Record<string, Backend>> = {},
): HeaderSplit {
  const own = new Set(
    Object.values(backends).flatMap((backend) =>
      Object.keys(backend.headers ?? {}).map((header) => header.toLowerCase()),
    ),
  );
  const split: { listener: ListenerHeaders; front: Record<string, string> } = {
    listener: {},
    front: {},
  };
  for (const [header, value] of Object.entries(headers)) {
    const offer = LISTENER[header.toLowerCase() as keyof typeof LISTENER] as
      (typeof LISTENER)[keyof typeof LISTENER] | undefined;
    if (offer?.takes(value) && !own.has(header.toLowerCase()))
      split.listener[offer.attribute] = value;
    else split.front[header] = value;
  }
  return split;
}
