import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const group = (retentionInDays: unknown) =>
  resource("aws:cloudwatch/logGroup:LogGroup", { retentionInDays });

export const fixtures: Fixtures = {
  good: [group(7), group("365")],
  bad: [group(0)],
  missing: [
    violates(group(undefined)),
    passes(resource("azure-native:operationalinsights:Workspace", {})),
  ],
  unknown: [group(unknown)],
  wrongType: [violates(group("for ever"))],
};
