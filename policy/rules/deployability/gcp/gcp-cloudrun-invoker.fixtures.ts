import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const LB = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER";
const service = (props: object = { ingress: LB }) =>
  resource("gcp:cloudrunv2/service:Service", props, "web");
const invoker = (member: unknown, role: unknown = "roles/run.invoker") =>
  resource(
    "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
    { name: { ref: "web.name" }, role, member },
    "grant",
  );
const binding = (...members: unknown[]) =>
  resource("gcp:cloudrunv2/serviceIamBinding:ServiceIamBinding", {
    name: { ref: "web.name" },
    role: "roles/run.invoker",
    members,
  });
const neg = resource(
  "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup",
  { networkEndpointType: "SERVERLESS", cloudRun: { service: { ref: "web.name" } } },
  "neg",
);
const backend = (loadBalancingScheme: unknown) =>
  resource("gcp:compute/backendService:BackendService", {
    loadBalancingScheme,
    backends: [{ group: { ref: "neg.id" } }],
  });

export const fixtures: Fixtures = {
  good: [
    passes(service(), invoker("allUsers")),
    passes(service(), binding("user:a@example.com", "allUsers")),
    service({ ingress: LB, invokerIamDisabled: true }),
    service({ ingress: LB, iapEnabled: true }),
    service({}),
    passes(service({}), neg, backend("INTERNAL_MANAGED")),
    passes(service(), invoker("serviceAccount:service-1@gcp-sa-iap.iam.gserviceaccount.com")),
  ],
  bad: [
    service(),
    violates(service({}), neg, backend("EXTERNAL_MANAGED")),
    violates(service(), invoker("serviceAccount:a@p1.iam.gserviceaccount.com")),
    violates(service(), invoker("allUsers", "roles/viewer")),
  ],
  missing: [passes(resource("gcp:cloudrunv2/service:Service", {}))],
  unknown: [
    waits(service(), invoker(unknown)),
    service({ ingress: LB, invokerIamDisabled: unknown }),
  ],
  wrongType: [violates(service({ ingress: LB, invokerIamDisabled: "yes" }))],
};
