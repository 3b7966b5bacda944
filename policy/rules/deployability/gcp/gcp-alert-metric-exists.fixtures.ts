import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const alert = (condition: object, dependsOn: string[] = [], more: object = {}) =>
  resource(
    "gcp:monitoring/alertPolicy:AlertPolicy",
    {
      conditions: [{ displayName: "c", conditionThreshold: condition }],
      notificationChannels: [{ ref: "mail.id" }],
      ...more,
    },
    "alert",
    { opts: { dependsOn } },
  );
const metric = resource("gcp:logging/metric:Metric", { name: "errors" }, "errors");
const filter = (type: string) => `metric.type="${type}" AND resource.type="cloud_run_revision"`;
const OWN = filter("logging.googleapis.com/user/errors");
const RUN = filter("run.googleapis.com/request_count");

export const fixtures: Fixtures = {
  good: [
    alert({ filter: RUN, duration: "120s", aggregations: [{ alignmentPeriod: "60s" }] }),
    passes(metric, alert({ filter: OWN, duration: "0s" }, ["errors"])),
    alert({ filter: OWN, duration: "60s" }),
  ],
  bad: [
    violates(metric, alert({ filter: OWN })),
    alert({ filter: 'metric.type="run.googleapis.com/request_count"' }),
    alert({ filter: 'resource.type="cloud_run_revision"' }),
    alert({ filter: RUN, duration: "90s" }),
    alert({ filter: RUN, aggregations: [{ alignmentPeriod: "30s" }] }),
    alert({ filter: RUN }, [], { notificationChannels: [] }),
  ],
  missing: [
    violates(resource("gcp:monitoring/alertPolicy:AlertPolicy", {})),
    passes(alert({ filter: undefined, duration: undefined })),
  ],
  unknown: [alert({ filter: unknown }), alert({ filter: RUN, duration: unknown })],
  wrongType: [passes(alert({ filter: 7, duration: 7 }))],
};
