import { z } from "zod";
import { httpsUrl } from "../config/fields";

/** Settings that several systems have. Where audit logs are exported to; see `LogArchive`. */
export const siem = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("splunk"),
      url: httpsUrl,
      /** Name of the secret that holds the collector's token. */
      token: z.string().default("siem-token"),
    }),
    z.strictObject({ kind: z.literal("sentinel") }),
    z.strictObject({ kind: z.literal("pubsub") }),
    z.strictObject({
      kind: z.literal("syslog"),
      address: z.string().regex(/^[a-z0-9.-]+:\d+$/, {
        error: "is no address; write it like siem.example.com:6514",
      }),
      /** File with the authority that signed its certificate. Default: those that the host trusts. */
      caFile: z.string().startsWith("/", { error: "is no absolute path on the host" }).optional(),
    }),
  ],
  { error: "needs kind: splunk, sentinel, pubsub or syslog" },
);
