import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const account = (encryption: unknown) =>
  resource("azure-native:storage:StorageAccount", { encryption });
const project = (artifacts: unknown) => resource("aws:codebuild/project:Project", { artifacts });

export const fixtures: Fixtures = {
  good: [account({ services: { blob: { enabled: true } } }), project({ type: "S3" })],
  bad: [account({ services: { file: { enabled: false } } }), project({ encryptionDisabled: true })],
  missing: [passes(account(undefined)), violates(resource("aws:ec2/amiCopy:AmiCopy", {}))],
  unknown: [account({ services: unknown }), project({ encryptionDisabled: unknown })],
  wrongType: [passes(account("x")), passes(project({ encryptionDisabled: 1 }))],
};
