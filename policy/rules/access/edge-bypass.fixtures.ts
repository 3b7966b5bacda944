import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const run = (props: object) => resource("gcp:cloudrunv2/service:Service", props);
const app = (ingress: unknown) =>
  resource("azure-native:app:ContainerApp", { configuration: { ingress } });

const appIn = (environment: object) => [
  resource("azure-native:app:ManagedEnvironment", environment, "apps"),
  resource("azure-native:app:ContainerApp", {
    managedEnvironmentId: { ref: "apps.id" },
    configuration: { ingress: { external: true } },
  }),
];

export const fixtures: Fixtures = {
  good: [
    passes(
      resource(
        "gcp:cloudrunv2/service:Service",
        { ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" },
        "web",
      ),
      resource("gcp:cloudrunv2/serviceIamMember:ServiceIamMember", {
        name: { ref: "web.name" },
        member: "allUsers",
      }),
    ),
    run({ ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" }),
    app({ external: false }),
    passes(...appIn({ vnetConfiguration: { internal: true } })),
    passes(...appIn({ publicNetworkAccess: "Disabled" })),
    app({
      external: true,
      ipSecurityRestrictions: [{ action: "Allow", ipAddressRange: "198.51.100.0/24" }],
    }),
  ],
  bad: [
    run({ ingress: "INGRESS_TRAFFIC_ALL" }),
    app({ external: true }),
    violates(...appIn({ vnetConfiguration: { internal: false } })),
    resource("gcp:cloudrunv2/serviceIamMember:ServiceIamMember", { member: "allUsers" }),
  ],
  missing: [violates(run({})), passes(app(undefined))],
  unknown: [run({ ingress: unknown }), app({ external: unknown })],
  wrongType: [violates(run({ ingress: 3 })), passes(app(3))],
};
