import { z } from "zod";
import { domain, httpsUrl } from "../../config/fields";
import { siem } from "../common-settings";

/** What a stack may set of RayRay. */
export const settings = z
  .strictObject({
    /** Host of the web app. Default `rayray.<domain>`. */
    webHost: domain.optional(),
    /** Host of the API, compiled into the web app. Default `api.<domain>`. */
    apiHost: domain.optional(),
    /** Who answers prompts. `openai_compatible` is a model of the agency's own, at `baseUrl`. */
    llm: z
      .strictObject({
        provider: z.enum(["openai", "anthropic", "openai_compatible"], {
          error: "is openai, anthropic or openai_compatible",
        }),
        model: z.string().min(1, { error: "is empty; name the model" }),
        baseUrl: httpsUrl.optional(),
      })
      .default({ provider: "openai", model: "gpt-4o-mini" }),
    /** Replicas of the API. More than one needs `redisLimiter`: limits are counted per process otherwise. */
    apiReplicas: z.number().int().min(1).max(20).default(1),
    /** Variable through which the API's image takes the URL of a shared limiter; brings a Redis. */
    redisLimiter: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/, { error: "is no name of an environment variable" })
      .optional(),
    /** Command of the API; an image whose `uvicorn` is not on the path wants `python -m uvicorn …`. */
    apiCommand: z
      .array(z.string())
      .min(1)
      .default(["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"]),
    /** Uid of the API's image; owns the uploads. */
    apiUid: z.number().int().min(1, { error: "is root; give the image's user" }).default(1000),
    /** Parameters of DATABASE_URL. `sslmode=require` encrypts; asyncpg spells it `ssl=require`. */
    databaseQuery: z.string().default("sslmode=require"),
    uploadLimitMiB: z.number().int().min(1).max(1024).default(50),
    /**
     * Days that audit logs are kept in the write-once archive. Default: seven years (2557) in production, which
     * takes no less; elsewhere one day, after which a trial can be cleaned up.
     */
    auditDays: z.number().int().min(1).optional(),
    /**
     * `compliance` can be undone by nobody, not even the account's owner, and is the default. `governance` can be
     * lifted by administrators; the policy pack refuses it. `none` for targets without a write-once store, which then need a SIEM.
     */
    auditArchive: z
      .enum(["compliance", "governance", "none"], {
        error: "is compliance, governance or none",
      })
      .optional(),
    /** Where audit logs are exported to. */
    siem: siem.optional(),
  })
  .refine(({ llm }) => llm.provider !== "openai_compatible" || llm.baseUrl !== undefined, {
    path: ["llm", "baseUrl"],
    error: "is missing; openai_compatible needs the https:// address of the model",
  });

export type RayraySettings = z.infer<typeof settings>;
