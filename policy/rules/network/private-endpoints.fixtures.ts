import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const subnet = (props: object) => resource("aws:ec2/subnet:Subnet", props);
const account = (props: object) => resource("azure-native:storage:StorageAccount", props);

export const fixtures: Fixtures = {
  good: [
    subnet({ mapPublicIpOnLaunch: false }),
    account({ networkRuleSet: { defaultAction: "Deny" } }),
    account({ publicNetworkAccess: "Disabled" }),
  ],
  bad: [subnet({ mapPublicIpOnLaunch: true }), account({ publicNetworkAccess: "Enabled" })],
  missing: [
    passes(subnet({})),
    violates(account({})),
    violates(resource("azure-native:keyvault:Vault", {})),
  ],
  unknown: [subnet({ mapPublicIpOnLaunch: unknown }), account({ publicNetworkAccess: unknown })],
  wrongType: [violates(account({ publicNetworkAccess: false }))],
};
