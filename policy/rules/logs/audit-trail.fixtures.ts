import { resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const trail = (props: object) => resource("aws:cloudtrail/trail:Trail", props);

export const fixtures: Fixtures = {
  good: [trail({ isMultiRegionTrail: true, enableLogFileValidation: true })],
  bad: [
    trail({ isMultiRegionTrail: false, enableLogFileValidation: true }),
    trail({ isMultiRegionTrail: true, enableLogFileValidation: false }),
    resource("gcp:logging/projectExclusion:ProjectExclusion", {
      filter: 'logName:"cloudaudit.googleapis.com"',
    }),
  ],
  missing: [violates(trail({}))],
  unknown: [trail({ isMultiRegionTrail: unknown, enableLogFileValidation: true })],
  wrongType: [violates(trail({ isMultiRegionTrail: [], enableLogFileValidation: true }))],
};
