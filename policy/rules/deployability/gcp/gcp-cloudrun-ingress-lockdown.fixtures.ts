import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const service = (props: object) => resource("gcp:cloudrunv2/service:Service", props, "web");
const neg = (service: unknown = { ref: "web.name" }, networkEndpointType: unknown = "SERVERLESS") =>
  resource("gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup", {
    networkEndpointType,
    cloudRun: { service },
  });

export const fixtures: Fixtures = {
  good: [
    passes(service({ ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" }), neg()),
    passes(service({ defaultUriDisabled: true }), neg()),
    passes(service({ ingress: "INGRESS_TRAFFIC_ALL" })),
    passes(service({}), neg(undefined, "PRIVATE_SERVICE_CONNECT")),
  ],
  bad: [
    violates(service({ ingress: "INGRESS_TRAFFIC_ALL" }), neg()),
    violates(service({}), neg()),
    violates(service({ name: "shop" }), neg("shop")),
  ],
  missing: [
    passes(service({}), neg(null)),
    violates(service({ ingress: null }), neg(undefined, null)),
  ],
  unknown: [
    waits(service({ ingress: unknown }), neg()),
    waits(service({ defaultUriDisabled: unknown }), neg()),
    passes(service({}), neg(unknown)),
  ],
  wrongType: [passes(service({ ingress: 7 }), neg())],
};
