import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const alarm = (namespace: unknown, dimensions: unknown, more: object = {}) =>
  resource(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { namespace, metricName: "X", dimensions, period: 60, ...more },
    "alarm",
  );
const database = resource("aws:rds/instance:Instance", {}, "db");
const balancer = resource("aws:lb/loadBalancer:LoadBalancer", {}, "lb");
const group = resource("aws:alb/targetGroup:TargetGroup", {}, "tg");
const cache = resource("aws:elasticache/replicationGroup:ReplicationGroup", {}, "cache");
const ecs = [
  resource("aws:ecs/cluster:Cluster", {}, "c"),
  resource("aws:ecs/service:Service", {}, "s"),
];
const member = { ref: "cache.memberClusters[0]" };

export const fixtures: Fixtures = {
  good: [
    passes(database, alarm("AWS/RDS", { DBInstanceIdentifier: { ref: "db.identifier" } })),
    passes(alarm("AWS/RDS", { DBInstanceIdentifier: "main" })),
    passes(
      balancer,
      group,
      alarm("AWS/ApplicationELB", {
        LoadBalancer: { ref: "lb.arnSuffix" },
        TargetGroup: { ref: "tg.arnSuffix" },
      }),
    ),
    passes(
      ...ecs,
      alarm("AWS/ECS", { ClusterName: { ref: "c.name" }, ServiceName: { ref: "s.name" } }),
    ),
    passes(cache, alarm("AWS/ElastiCache", { CacheClusterId: member })),
    passes(alarm("Custom", { Anything: "x" })),
    passes(alarm("Custom", {}, { period: 10 })),
    passes(
      cache,
      alarm(undefined, undefined, {
        metricName: undefined,
        metricQueries: [
          {
            id: "m",
            metric: {
              namespace: "AWS/ElastiCache",
              metricName: "X",
              period: 60,
              dimensions: { CacheClusterId: member },
            },
          },
        ],
      }),
    ),
  ],
  bad: [
    violates(database, alarm("AWS/RDS", { DBInstanceIdentifier: { ref: "db.id" } })),
    violates(database, alarm("AWS/RDS", { DBInstanceIdentifier: { ref: "db.arn" } })),
    violates(balancer, alarm("AWS/ApplicationELB", { LoadBalancer: { ref: "lb.arn" } })),
    violates(balancer, alarm("AWS/ApplicationELB", { LoadBalancer: { ref: "lb.name" } })),
    violates(
      balancer,
      group,
      alarm("AWS/ApplicationELB", { TargetGroup: { ref: "tg.arnSuffix" } }),
    ),
    violates(
      ...ecs,
      alarm("AWS/ECS", { ClusterName: { ref: "c.arn" }, ServiceName: { ref: "s.name" } }),
    ),
    violates(cache, alarm("AWS/ElastiCache", { CacheClusterId: { ref: "cache.id" } })),
    violates(alarm("AWS/RDS", { DBInstance: "main" })),
    violates(alarm("AWS/RDS", { DBInstanceIdentifier: "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ" })),
    violates(alarm("Custom", {}, { period: 45 })),
    violates(
      cache,
      alarm(undefined, undefined, {
        metricName: undefined,
        metricQueries: [
          {
            id: "m",
            metric: {
              namespace: "AWS/ElastiCache",
              metricName: "X",
              period: 60,
              dimensions: { CacheClusterId: { ref: "cache.id" } },
            },
          },
        ],
      }),
    ),
  ],
  missing: [violates(alarm("AWS/RDS", undefined)), passes(alarm(undefined, undefined))],
  unknown: [
    waits(alarm("AWS/RDS", { DBInstanceIdentifier: unknown })),
    waits(alarm("Custom", {}, { period: unknown })),
    passes(alarm(unknown, {})),
  ],
  wrongType: [
    passes(alarm(7, {})),
    violates(alarm("AWS/RDS", { DBInstanceIdentifier: 7 }, { period: 61 })),
  ],
};
