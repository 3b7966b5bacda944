import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const app = (containerAppName: unknown, name = "web") =>
  resource("azure-native:app:ContainerApp", { containerAppName }, name);
const job = (jobName: unknown) => resource("azure-native:app:Job", { jobName }, "job");
const secret = (name: unknown) =>
  resource("azure-native:app:ContainerApp", { configuration: { secrets: [{ name }] } }, "web");

export const fixtures: Fixtures = {
  good: [
    app("acme-payments-web"),
    app("a1"),
    app(undefined, "payments-api-of-the-shop"),
    job("migrate"),
    secret("db-password"),
  ],
  bad: [
    app("Acme_Payments-Web"),
    app("9lives"),
    app("web-"),
    app("web--blue"),
    app("a"),
    app("a".repeat(33)),
    app(undefined, "PaymentsApi"),
    app(undefined, "payments-api-of-the-shops"),
    job("Migrate"),
    secret("DB_PASSWORD"),
  ],
  missing: [passes(resource("azure-native:app:Job", {}, "nightly"))],
  unknown: [app(unknown), secret(unknown)],
  wrongType: [passes(app({}, "web")), violates(app([], "Web"))],
};
