import { resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const machine = (props: object) => resource("azure-native:compute:VirtualMachine", props);

export const fixtures: Fixtures = {
  good: [machine({ securityProfile: { encryptionAtHost: true } })],
  bad: [machine({ securityProfile: { encryptionAtHost: false } })],
  missing: [violates(machine({}))],
  unknown: [machine({ securityProfile: unknown })],
  wrongType: [violates(machine({ securityProfile: 1 }))],
};
