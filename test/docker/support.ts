import type { HttpsEdgeSpec } from "../../components/https-edge";
import type { EdgeFacts } from "../../providers/docker/caddy-config";

const health = {
  path: "/health",
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyAfter: 2,
  unhealthyAfter: 3,
  startSeconds: 10,
};

/** An edge that uses every option. */
export const FULL: HttpsEdgeSpec = {
  routes: [
    { host: "app.example.com", paths: ["/*"], backend: "ui" },
    { host: "app.example.com", paths: ["/api/*", "/health"], backend: "api" },
  ],
  backends: {
    api: { port: 3000, health, webSockets: true, drainSeconds: 5 },
    ui: { port: 8080, health: { ...health, path: "/" }, sticky: true },
  },
  dns: { kind: "external" },
  headers: { "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer" },
  cors: {
    origins: ["https://other.example.com"],
    methods: ["GET", "POST"],
    headers: ["Authorization"],
    credentials: true,
  },
  maxBodyBytes: 1_000_000,
  idleTimeoutSeconds: 660,
  rateLimits: [
    { pathPrefix: "/api/auth/", requests: 5, windowSeconds: 60 },
    { pathPrefix: "/", requests: 1000, windowSeconds: 60 },
  ],
  allowedNetworks: ["127.0.0.0/8"],
  blockedPaths: ["/internal/*"],
  waf: { managedRules: true, mode: "block", uninspected: ["/api/upload"] },
  accessLogDays: 30,
};

export const FACTS: EdgeFacts = {
  certificates: "internal",
  httpsPort: 443,
  tryAgainSeconds: 30,
  targets: { api: { replicas: ["api-1", "api-2"] }, ui: { replicas: ["ui-1"] } },
};
