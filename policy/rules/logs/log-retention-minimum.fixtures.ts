import { given, passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const group = (retentionInDays: unknown) =>
  resource("aws:cloudwatch/logGroup:LogGroup", { retentionInDays });

export const fixtures: Fixtures = {
  good: [group(30), given({ minimumLogDays: 7 }, passes(group(7)))],
  bad: [group(7), given({ minimumLogDays: 365 }, violates(group(90)))],
  missing: [passes(group(undefined))],
  unknown: [group(unknown)],
  wrongType: [passes(group("long"))],
};
