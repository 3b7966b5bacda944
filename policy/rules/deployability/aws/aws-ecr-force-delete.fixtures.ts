import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const repository = (forceDelete: unknown, opts: object = {}) =>
  resource("aws:ecr/repository:Repository", { forceDelete }, "r", { opts });

export const fixtures: Fixtures = {
  good: [
    repository(true),
    repository("true"),
    repository(undefined, { protect: true }),
    repository(false, { retainOnDelete: true }),
  ],
  bad: [repository(false), repository("false"), repository(false, { protect: false })],
  missing: [violates(repository(undefined)), violates(repository(null))],
  unknown: [repository(unknown)],
  wrongType: [violates(repository([])), passes(repository(7, { protect: true }))],
};
