import { resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const ecr = (scan: unknown) =>
  resource("aws:ecr/repository:Repository", { imageScanningConfiguration: scan });

export const fixtures: Fixtures = {
  good: [ecr({ scanOnPush: true })],
  bad: [ecr({ scanOnPush: false })],
  missing: [violates(ecr(undefined))],
  unknown: [ecr({ scanOnPush: unknown })],
  wrongType: [violates(ecr("yes"))],
};
