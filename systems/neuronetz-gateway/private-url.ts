import ipaddr from "ipaddr.js";
import { z } from "zod";

/** Ends of names that no public resolver knows. */
const INTERNAL = /(^[^.]+|\.(internal|local|lan|intern|private|corp|home\.arpa))$/;

/** True for addresses and names that lead nowhere on the internet. */
function isPrivate(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "");
  if (!ipaddr.isValid(bare)) return INTERNAL.test(bare);
  return ["private", "uniqueLocal", "carrierGradeNat"].includes(ipaddr.parse(bare).range());
}

/** Address of a model server: a private address or an internal name, since it asks nobody who he is. */
export const privateUrl = z
  .url({ error: "is no address; write it like http://10.0.0.5:11434" })
  .refine(
    (text) => {
      try {
        return isPrivate(new URL(text).hostname);
      } catch {
        return false;
      }
    },
    {
      error: ({ input }) =>
        `"${String(input)}" may be public; use a private address or an internal name, e.g. http://10.0.0.5:11434`,
    },
  );
