import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const account = (props: object) => resource("azure-native:storage:StorageAccount", props);
const machine = (osProfile: unknown) =>
  resource("azure-native:compute:VirtualMachine", { osProfile });

export const fixtures: Fixtures = {
  good: [
    account({ allowSharedKeyAccess: false }),
    machine({ linuxConfiguration: { disablePasswordAuthentication: true } }),
  ],
  bad: [
    account({ allowSharedKeyAccess: true }),
    resource("aws:rds/instance:Instance", { password: "x" }),
  ],
  missing: [violates(account({})), passes(machine(undefined))],
  unknown: [account({ allowSharedKeyAccess: unknown })],
  wrongType: [passes(account({ allowSharedKeyAccess: "no" }))],
};
