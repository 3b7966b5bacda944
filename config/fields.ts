import ipaddr from "ipaddr.js";
import { z } from "zod";

/** Tags that move: the image behind them changes without anything in the program changing. */
const MOVING_TAGS = ["latest", "stable", "main", "master", "edge", "nightly", "dev"];

const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DOMAIN = /^(?=.{4,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** A release tag of an image. */
export const releaseTag = z
  .string({ error: "give the release tag as text, e.g. 0.1.0" })
  .regex(TAG, { error: "is no image tag; use letters, digits, dot, dash, e.g. 0.1.0" })
  .refine((tag) => !MOVING_TAGS.includes(tag.toLowerCase()), {
    error: ({ input }) => `"${input}" moves from image to image; give a release tag or a digest`,
  });

export const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, { error: "is no digest; it reads sha256: and 64 hex digits" });

/** A full reference into somebody else's registry, with a tag that stays or a digest. */
export const reference = z.string().superRefine((text, context) => {
  const [name = "", hash] = text.split("@", 2);
  const tag = name.slice(name.lastIndexOf("/") + 1).split(":")[1];
  if (hash !== undefined) {
    if (!digest.safeParse(hash).success) {
      context.addIssue(`"${hash}" is no digest; it reads sha256: and 64 hex digits`);
    }
  } else if (tag === undefined) {
    context.addIssue(`"${text}" has no tag, which means latest; add a release tag or a digest`);
  } else {
    const checked = releaseTag.safeParse(tag);
    if (!checked.success) context.addIssue(checked.error.issues[0]?.message ?? "is no tag");
  }
});

export const domain = z.string().regex(DOMAIN, {
  error: ({ input }) => `"${input}" is no domain name; write it like example.com, in lower case`,
});

/** An IPv4 or IPv6 network in CIDR form. */
export const cidr = z.string().refine((text) => ipaddr.isValidCIDR(text), {
  error: ({ input }) => `"${input}" is no network; write it like 203.0.113.0/24`,
});

/** The stack's own range: private and big enough to be cut into subnets. */
export const privateCidr = cidr.refine(
  (text) => {
    if (!ipaddr.isValidCIDR(text)) return true;
    const [address, bits] = ipaddr.parseCIDR(text);
    const isPrivate = address.kind() === "ipv4" && address.range() === "private";
    return isPrivate && bits >= 16 && bits <= 20;
  },
  {
    error: ({ input }) =>
      `"${input}" does not do; take a private IPv4 network of /16 to /20, e.g. 10.40.0.0/16`,
  },
);

export const email = z.email({ error: ({ input }) => `"${input}" is no e-mail address` });

export const httpsUrl = z.url({
  protocol: /^https$/,
  error: ({ input }) => `"${input}" is no https:// address`,
});

/** Name of a bucket behind the S3 API. */
export const bucketName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
  error: ({ input }) =>
    `"${input}" is no bucket; use 3 to 63 lower-case letters, digits, dots, dashes`,
});

/** What every cloud's log store accepts, and so what a stack may ask for, in days. */
export const LOG_DAYS = [30, 60, 90, 180, 365, 400, 731, 2557] as const;

export const logDays = z.number().refine((days) => (LOG_DAYS as readonly number[]).includes(days), {
  error: ({ input }) =>
    `${String(input)} is not offered by every log store; use one of ${LOG_DAYS.join(", ")}`,
});
