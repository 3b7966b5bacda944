import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const subnet = (delegations: unknown) =>
  resource("azure-native:network/v20230901:Subnet", { delegations }, "s");
const env = (workloadProfiles: unknown) =>
  resource("azure-native:app:ManagedEnvironment", {
    vnetConfiguration: { infrastructureSubnetId: { ref: "s.id" } },
    workloadProfiles,
  });
const profiles = [{ name: "Consumption", workloadProfileType: "Consumption" }];
const delegated = [{ name: "d", serviceName: "microsoft.app/environments" }];

export const fixtures: Fixtures = {
  good: [passes(subnet(delegated), env(profiles)), passes(subnet([]), env([]))],
  bad: [
    violates(subnet(undefined), env(profiles)),
    violates(subnet(delegated), env(undefined)),
    violates(subnet([{ name: "d", serviceName: "Microsoft.Web/serverFarms" }]), env(profiles)),
  ],
  missing: [passes(subnet(undefined), env(undefined))],
  unknown: [
    waits(subnet(unknown), env(profiles)),
    waits(subnet(delegated), env(unknown)),
    waits(env(profiles)),
  ],
  wrongType: [violates(subnet("Microsoft.App/environments"), env(profiles))],
};
