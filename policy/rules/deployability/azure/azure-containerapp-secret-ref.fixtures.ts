import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const app = (secretRef: unknown, secrets: unknown) =>
  resource("azure-native:app:ContainerApp", {
    configuration: { secrets },
    template: { containers: [{ name: "web", env: [{ name: "DSN", secretRef }] }] },
  });
const scaled = (secretRef: string) =>
  resource("azure-native:app:ContainerApp", {
    configuration: {
      secrets: [{ name: "queue", value: "x" }],
      registries: [{ server: "ghcr.io", username: "me", passwordSecretRef: "queue" }],
    },
    template: {
      containers: [],
      scale: { rules: [{ name: "q", custom: { auth: [{ secretRef, triggerParameter: "c" }] } }] },
    },
  });
const vault = { name: "dsn", keyVaultUrl: "https://v.vault.azure.net/secrets/dsn" };

export const fixtures: Fixtures = {
  good: [
    app("dsn", [{ name: "dsn", value: unknown }]),
    app("dsn", [{ ...vault, identity: { ref: "id.id" } }]),
    scaled("queue"),
  ],
  bad: [
    app("db-password", [{ name: "dsn", value: "x" }]),
    app("dsn", undefined),
    app("dsn", []),
    app("dsn", [{ name: "dsn" }]),
    app("dsn", [vault]),
    scaled("queues"),
    resource("azure-native:app:Job", {
      configuration: { registries: [{ server: "ghcr.io", passwordSecretRef: "token" }] },
    }),
  ],
  missing: [passes(app(undefined, undefined)), passes(resource("azure-native:app:Job", {}))],
  unknown: [
    app("dsn", unknown),
    app("dsn", [{ name: unknown, value: "x" }]),
    passes(app(unknown, [{ name: "dsn", value: "x" }])),
  ],
  wrongType: [violates(app("dsn", "dsn")), passes(app(7, [{ name: "dsn", value: "x" }]))],
};
