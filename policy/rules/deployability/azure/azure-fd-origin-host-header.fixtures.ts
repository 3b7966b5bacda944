import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const app = (customDomains?: object[], name = "app") =>
  resource(
    "azure-native:app:ContainerApp",
    { configuration: { ingress: { external: true, customDomains } } },
    name,
  );
const FQDN = { ref: "app.configuration.ingress.fqdn" };
const HOST = "app.kind-sea.westeurope.azurecontainerapps.io";
const origin = (hostName: unknown, originHostHeader: unknown) =>
  resource("azure-native:cdn:AFDOrigin", { hostName, originHostHeader }, "origin");

export const fixtures: Fixtures = {
  good: [
    passes(app(), origin(FQDN, FQDN)),
    passes(app([{ name: "app.example.com" }]), origin(FQDN, "app.example.com")),
    origin(HOST, HOST),
    origin("www.example.com", undefined),
    origin(
      "app---blue.kind-sea.westeurope.azurecontainerapps.io",
      "app---blue.kind-sea.westeurope.azurecontainerapps.io",
    ),
  ],
  bad: [
    violates(app(), origin(FQDN, undefined)),
    violates(app(), origin(FQDN, "www.example.com")),
    violates(app(), origin({ ref: "app.latestRevisionFqdn" }, FQDN)),
    violates(app(), origin(FQDN, { ref: "app.latestRevisionFqdn" })),
    violates(app(), app([], "other"), origin(FQDN, { ref: "other.configuration.ingress.fqdn" })),
    origin(HOST, undefined),
    origin("app--x1.kind-sea.westeurope.azurecontainerapps.io", undefined),
  ],
  missing: [passes(resource("azure-native:cdn:AFDOrigin", {}))],
  unknown: [passes(origin(unknown, undefined)), passes(app(), origin(FQDN, unknown))],
  wrongType: [passes(origin(7, {}))],
};
