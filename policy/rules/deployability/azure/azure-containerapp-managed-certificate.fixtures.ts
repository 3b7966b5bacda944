import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const env = resource("azure-native:app:ManagedEnvironment", {}, "env");
const app = (name: unknown) =>
  resource(
    "azure-native:app:ContainerApp",
    {
      environmentId: { ref: "env.id" },
      configuration: { ingress: { customDomains: [{ name, bindingType: "Disabled" }] } },
    },
    "app",
  );
const certificate = (subjectName: unknown, ...dependsOn: string[]) =>
  resource(
    "azure-native:app:ManagedCertificate",
    { environmentName: { ref: "env.name" }, properties: { subjectName } },
    "certificate",
    { opts: { dependsOn } },
  );

export const fixtures: Fixtures = {
  good: [passes(env, app("app.example.com"), certificate("APP.example.com", "app"))],
  bad: [
    violates(env, app("app.example.com"), certificate("app.example.com")),
    violates(env, app("www.example.com"), certificate("app.example.com", "app")),
    violates(env, certificate("app.example.com")),
  ],
  missing: [passes(env, certificate(undefined))],
  unknown: [
    waits(env, app("app.example.com"), certificate(unknown, "app")),
    waits(env, app(unknown), certificate("app.example.com", "app")),
    waits(certificate("app.example.com")),
  ],
  wrongType: [violates(env, certificate(7))],
};
