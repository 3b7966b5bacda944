import { z } from "zod";
import { CLOUDS, PROFILES } from "../components/cloud";
import {
  cidr,
  digest,
  domain,
  email,
  httpsUrl,
  logDays,
  privateCidr,
  reference,
  releaseTag,
} from "./fields";

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, {
    error: ({ input }) => `${said(input)} is not offered; use one of ${values.join(", ")}`,
  });

const said = (input: unknown): string => (input === undefined ? "nothing" : JSON.stringify(input));

/** `0.1.0` for short, or exactly one way to name the image. */
const image = z.union(
  [
    releaseTag,
    z.strictObject({ digest }),
    z.strictObject({ reference }),
    z.strictObject({
      version: releaseTag,
      build: z
        .strictObject({
          context: z.string(),
          dockerfile: z.string(),
          target: z.string().optional(),
          /** Who builds: every update (the default), or `bin/release` alone. */
          during: oneOf(["update", "release"]).optional(),
        })
        .optional(),
    }),
  ],
  {
    error: (issue) => imageProblem(issue as unknown as { errors?: z.core.$ZodIssue[][] }),
  },
);

/** A union only says that nothing fitted; what the reader needs is the sentence of the best fit. */
function imageProblem(issue: { errors?: z.core.$ZodIssue[][] }): string {
  const sentences = (issue.errors ?? [])
    .flat()
    .filter(({ code }) => ["custom", "invalid_format", "invalid_value"].includes(code))
    .map(({ message }) => message);
  return sentences[0] ?? "give version, digest or reference, or build together with version";
}

/** Where the edge's names live. */
const dns = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("zone"), zone: domain, zoneId: z.string().min(1) }),
    z.strictObject({ kind: z.literal("external"), certificate: z.string().optional() }),
  ],
  { error: "needs kind: zone (with zone and zoneId) or kind: external" },
);

/** The stack's configuration, `portolan:*`. What is not named here is refused. */
export const stackSchema = z.strictObject({
  cloud: oneOf(CLOUDS),
  system: z.string().regex(/^[a-z][a-z0-9-]*$/, { error: "is no name of a system" }),
  profile: oneOf(PROFILES),
  domain,
  dns,
  images: z.record(z.string(), image).default({}),
  alarms: z
    .strictObject({ emails: z.array(email).default([]), webhooks: z.array(httpsUrl).default([]) })
    .default({ emails: [], webhooks: [] }),
  network: z
    .strictObject({
      cidr: privateCidr.optional(),
      zones: z.union([z.literal(2), z.literal(3)], { error: "is 2 or 3" }).optional(),
      outbound: oneOf(["none", "single", "zonal"]).optional(),
    })
    .default({}),
  logs: z.strictObject({ days: logDays.optional() }).default({}),
  allowedNetworks: z.array(cidr).default([]),
  secrets: z.record(z.string(), z.string().min(1, { error: "is empty; set a value" })).default({}),
  existingSecrets: z.record(z.string(), z.string().min(1)).default({}),
  rotations: z.record(z.string(), z.string().min(1)).default({}),
  settings: z.record(z.string(), z.unknown()).default({}),
});

export type StackConfig = z.infer<typeof stackSchema>;
export type ImageConfig = z.infer<typeof image>;

/** Keys whose values are lists or objects, and so arrive as JSON text. */
export const STRUCTURED = new Set<string>([
  "dns",
  "images",
  "alarms",
  "network",
  "logs",
  "allowedNetworks",
  "secrets",
  "existingSecrets",
  "rotations",
  "settings",
]);
