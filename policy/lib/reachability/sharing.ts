/** Why more can connect than was meant, where a cloud's network cannot or does not tell workloads apart. */
export const SHARINGS = ["same environment", "whole VNet", "whole network"] as const;

/** One of {@link SHARINGS}. */
export type Sharing = (typeof SHARINGS)[number];
