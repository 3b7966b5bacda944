import type { HealthCheck } from "../../components/container-service";
import type { HttpsEdgeSpec } from "../../components/https-edge";
import type { DescribeInput } from "../load";
import type { RayraySettings } from "./settings";

/** `/health/llm` costs a call of the provider each time: no probe may use it. */
export const health = (path: string): HealthCheck => ({
  path,
  intervalSeconds: 30,
  timeoutSeconds: 10,
  healthyAfter: 2,
  unhealthyAfter: 3,
  startSeconds: 10,
});

export function edgeOf(
  input: DescribeInput<RayraySettings>,
  hosts: { readonly web: string; readonly api: string },
  logDays: number,
): HttpsEdgeSpec {
  const { stack, environment, settings: set } = input;
  return {
    routes: [
      { host: hosts.api, paths: ["/*"], backend: "api" },
      { host: hosts.web, paths: ["/*"], backend: "web" },
    ],
    backends: {
      api: {
        port: 8000,
        health: health("/health"),
        headers: {
          "Content-Security-Policy": "default-src 'self'",
          "Cache-Control": "no-store, no-cache, must-revalidate",
        },
      },
      web: { port: 3000, health: health("/") },
    },
    dns: stack.dns,
    headers: {
      "X-Frame-Options": "DENY",
      "X-Content-Type-Options": "nosniff",
      "X-XSS-Protection": "1; mode=block",
      "Referrer-Policy": "strict-origin-when-cross-origin",
      "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
      "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    },
    cors: {
      origins: [`https://${hosts.web}`],
      methods: ["GET", "POST", "PUT", "DELETE", "OPTIONS"],
      headers: ["Authorization", "Content-Type"],
      credentials: true,
    },
    maxBodyBytes: set.uploadLimitMiB * 1024 * 1024,
    // Extraction by an LLM is slow.
    idleTimeoutSeconds: 120,
    // Twice the application's own limits per minute, so that the application is the one that answers.
    rateLimits: [
      { pathPrefix: "/api/auth/", requests: 20, windowSeconds: 60 },
      { pathPrefix: "/api/extract", requests: 40, windowSeconds: 60 },
      { pathPrefix: "/api/documents/upload", requests: 60, windowSeconds: 60 },
      { pathPrefix: "/", requests: 600, windowSeconds: 60 },
    ],
    allowedNetworks: stack.allowedNetworks,
    // A live call of the LLM: for operators inside, not for the world.
    blockedPaths: ["/health/llm"],
    encryptedBackends: true,
    ...(environment.profile === "dev"
      ? {}
      : {
          waf: {
            managedRules: true,
            mode: "block" as const,
            uninspected: ["/api/documents/upload"],
          },
        }),
    accessLogDays: logDays,
  };
}
