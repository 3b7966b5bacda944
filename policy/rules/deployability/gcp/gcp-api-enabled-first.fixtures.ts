import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const api = (service: unknown, name = "api", more: object = {}) =>
  resource("gcp:projects/service:Service", { service, ...more }, name);
const run = (dependsOn: string[], more: object = {}, parent?: string) =>
  resource("gcp:cloudrunv2/service:Service", more, "web", {
    opts: { dependsOn },
    ...(parent === undefined ? {} : { parent }),
  });
const component = resource("acme:web:Site", {}, "site", { opts: { dependsOn: ["api"] } });

export const fixtures: Fixtures = {
  good: [
    passes(api("run.googleapis.com"), run(["api"])),
    passes(api("run.googleapis.com"), component, run([], {}, "site")),
    passes(api("sqladmin.googleapis.com"), run([])),
    passes(api("run.googleapis.com", "api", { project: "a" }), run([], { project: "b" })),
    passes(
      api("secretmanager.googleapis.com"),
      resource("gcp:secretmanager/secret:Secret", {}, "s", { opts: { dependsOn: ["api"] } }),
      resource("gcp:secretmanager/secretVersion:SecretVersion", { secret: { ref: "s.id" } }),
    ),
  ],
  bad: [
    violates(api("run.googleapis.com"), run([])),
    violates(
      api("sqladmin.googleapis.com"),
      resource("gcp:sql/databaseInstance:DatabaseInstance", {}, "db"),
    ),
    violates(
      api("cloudresourcemanager.googleapis.com"),
      resource("gcp:projects/iAMMember:IAMMember", {}, "m"),
    ),
    violates(api("run.googleapis.com", "api", { disableOnDestroy: true })),
  ],
  missing: [passes(api(undefined), run([]))],
  unknown: [
    waits(api("run.googleapis.com", "api", { disableOnDestroy: unknown })),
    passes(api(unknown), run([])),
  ],
  wrongType: [passes(api(7), run([]))],
};
