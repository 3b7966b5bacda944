/** A rule of Cloud Armor as the SDK takes it, in plain values: policies read it in a preview. */
export interface ArmorRule {
  readonly action: string;
  readonly priority: number;
  readonly description: string;
  readonly preview?: boolean;
  readonly match: {
    versionedExpr?: string;
    config?: { srcIpRanges: string[] };
    expr?: { expression: string };
  };
  readonly rateLimitOptions?: {
    conformAction: string;
    exceedAction: string;
    enforceOnKey: string;
    rateLimitThreshold: { count: number; intervalSec: number };
  };
  readonly preconfiguredWafConfig?: {
    exclusions: { targetRuleSet: string; requestBodies: { operator: string }[] }[];
  };
}

/** Expressions of one policy; the limit without a quota increase. */
export const MOST_EXPRESSIONS = 20;
/** Parts of one expression. */
export const MOST_PARTS = 5;

/** Text in single quotes of the rule language. */
export const quoted = (text: string): string =>
  `'${text.replace(/\\/g, "\\\\").replace(/'/g, "\\'")}'`;

/** A list cut into pieces of a size. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size));
}
