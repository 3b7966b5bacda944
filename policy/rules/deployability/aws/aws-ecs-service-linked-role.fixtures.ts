import {
  given,
  passes,
  resource,
  unknown,
  violates,
  waits,
  type Fixtures,
} from "../../../lib/fixture";

const cluster = (dependsOn: string[] = []) =>
  resource("aws:ecs/cluster:Cluster", {}, "c", { opts: { dependsOn } });
const linked = (awsServiceName: unknown = "ecs.amazonaws.com") =>
  resource("aws:iam/serviceLinkedRole:ServiceLinkedRole", { awsServiceName }, "slr");

export const fixtures: Fixtures = {
  good: [
    passes(linked(), cluster(["slr"])),
    given({ preparedServices: ["ecs.amazonaws.com"] }, passes(cluster())),
  ],
  bad: [
    violates(cluster()),
    violates(linked(), cluster()),
    violates(linked("rds.amazonaws.com"), cluster(["slr"])),
    given({ preparedServices: ["rds.amazonaws.com"] }, violates(cluster())),
  ],
  missing: [passes(linked())],
  unknown: [waits(linked(unknown), cluster(["slr"]))],
  wrongType: [violates(linked(7), cluster(["slr"]))],
};
