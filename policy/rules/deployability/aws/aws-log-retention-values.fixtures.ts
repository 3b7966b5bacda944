import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const group = (retentionInDays: unknown) =>
  resource("aws:cloudwatch/logGroup:LogGroup", { retentionInDays });

export const fixtures: Fixtures = {
  good: [group(60), group("90"), group(0), group(3653)],
  bad: [group(45), group(-1), group("100"), group(366)],
  missing: [passes(group(undefined)), passes(group(null))],
  unknown: [group(unknown)],
  wrongType: [violates(group("long")), violates(group([]))],
};
