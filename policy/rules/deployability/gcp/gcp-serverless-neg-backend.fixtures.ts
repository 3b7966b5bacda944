import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const service = (location: unknown = "europe-west1") =>
  resource("gcp:cloudrunv2/service:Service", { location }, "web");
const neg = (more: object = {}) =>
  resource(
    "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup",
    {
      region: "europe-west1",
      networkEndpointType: "SERVERLESS",
      cloudRun: { service: { ref: "web.name" } },
      ...more,
    },
    "neg",
  );
const backend = (more: object) =>
  resource("gcp:compute/backendService:BackendService", {
    backends: [{ group: { ref: "neg.id" } }],
    ...more,
  });

export const fixtures: Fixtures = {
  good: [
    passes(service(), neg(), backend({ protocol: "HTTPS" })),
    passes(
      neg({ networkEndpointType: "INTERNET_FQDN_PORT", cloudRun: undefined }),
      backend({ timeoutSec: 60 }),
    ),
  ],
  bad: [
    violates(service(), neg(), backend({ healthChecks: { ref: "hc.id" } })),
    violates(service(), neg(), backend({ timeoutSec: 60 })),
    violates(service(), neg(), backend({ portName: "http" })),
    violates(service("us-east1"), neg()),
    neg({ cloudRun: undefined }),
    neg({ appEngine: {} }),
  ],
  missing: [passes(service(), neg({ region: undefined }), backend({ healthChecks: [] }))],
  unknown: [waits(service(unknown), neg()), waits(service(), neg({ region: unknown }))],
  wrongType: [passes(service(), neg(), backend({ backends: "neg", timeoutSec: 5 }))],
};
