import { z } from "zod";
import { UsageError } from "./error";
import type { SmokeRequest } from "./smoke";

/** One request of a stack's own, in `release:smoke`: a login for tests, a page of one's own. */
const request = z.strictObject({
  shows: z.string().min(1),
  service: z.string().min(1),
  path: z.string().startsWith("/"),
  method: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  json: z.unknown().optional(),
  status: z.union([z.number().int(), z.array(z.number().int()).min(1)]),
  answers: z.record(z.string(), z.string()).optional(),
  /** Pattern of the body. */
  body: z.string().optional(),
  needs: z.array(z.string()).optional(),
});

/** Reads `release:smoke` of the stack's config file. */
export function ownRequests(given: unknown, host: (backend: string) => string): SmokeRequest[] {
  const parsed = z.array(request).safeParse(given ?? []);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(
      `release:smoke.${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is wrong"}; see docs/releases.md`,
    );
  }
  return parsed.data.map(({ body, method, headers, json, answers, needs, ...rest }) => ({
    ...rest,
    host: host(rest.service),
    ...(body === undefined ? {} : { body: new RegExp(body) }),
    ...(method === undefined ? {} : { method }),
    ...(headers === undefined ? {} : { headers }),
    ...(json === undefined ? {} : { json }),
    ...(answers === undefined ? {} : { answers }),
    ...(needs === undefined ? {} : { needs }),
  }));
}
