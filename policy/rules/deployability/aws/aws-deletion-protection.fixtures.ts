import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const database = (
  deletionProtection: unknown,
  opts: object = {},
  type = "aws:rds/instance:Instance",
) => resource(type, { deletionProtection }, "db", { opts });
const balancer = (enableDeletionProtection: unknown, opts: object = {}) =>
  resource("aws:lb/loadBalancer:LoadBalancer", { enableDeletionProtection }, "lb", { opts });

export const fixtures: Fixtures = {
  good: [
    database(false),
    database(true, { protect: true }),
    database(true, { retainOnDelete: true }),
    balancer(false),
    balancer("true", { protect: true }),
  ],
  bad: [
    database(true),
    database("true", { protect: false }),
    database(true, {}, "aws:rds/cluster:Cluster"),
    balancer(true),
    resource("aws:alb/loadBalancer:LoadBalancer", { enableDeletionProtection: true }),
  ],
  missing: [passes(database(undefined)), passes(balancer(undefined))],
  unknown: [database(unknown), balancer(unknown)],
  wrongType: [passes(database("maybe")), passes(balancer([]))],
};
