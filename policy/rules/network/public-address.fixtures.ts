import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const service = (networkConfiguration: unknown) =>
  resource("aws:ecs/service:Service", { networkConfiguration });
const machine = (networkInterfaces: unknown) =>
  resource("gcp:compute/instance:Instance", { networkInterfaces });

export const fixtures: Fixtures = {
  good: [service({ assignPublicIp: false }), machine([{ subnetwork: "s" }])],
  bad: [service({ assignPublicIp: true }), machine([{ accessConfigs: [{}] }])],
  missing: [passes(service(undefined)), passes(machine(undefined))],
  unknown: [service({ assignPublicIp: unknown })],
  wrongType: [violates(service({ assignPublicIp: "true" })), passes(machine("x"))],
};
