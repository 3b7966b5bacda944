import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const container = (props: object) =>
  resource("docker:index/container:Container", { image: "postgres:16", ...props });
const tests = ["CMD-SHELL", "pg_isready"];
const built = resource("docker:index/image:Image", { imageName: "acme/web:1" }, "image");

export const fixtures: Fixtures = {
  good: [
    container({
      wait: true,
      healthcheck: { tests, interval: "5s", retries: 10, startPeriod: "5s" },
    }),
    container({
      wait: true,
      waitTimeout: 180,
      healthcheck: { tests, interval: "1m30s", retries: 2 },
    }),
    container({ wait: false }),
    passes(built, container({ wait: true, image: { ref: "image.repoDigest" } })),
  ],
  bad: [
    container({ wait: true }),
    container({ wait: true, healthcheck: { tests: ["NONE"] } }),
    container({ wait: true, healthcheck: { tests: [] } }),
    container({ wait: true, healthcheck: { tests, interval: "10s", retries: 12 } }),
    container({ wait: true, healthcheck: { tests, startPeriod: "90s" } }),
    container({ healthcheck: { tests, interval: "5" } }),
    container({ healthcheck: { tests, timeout: 5 } }),
  ],
  missing: [passes(container({}))],
  unknown: [
    container({ wait: unknown }),
    waits(container({ wait: true, healthcheck: unknown })),
    container({ healthcheck: { tests, interval: unknown } }),
  ],
  wrongType: [violates(container({ wait: "true" })), passes(container({ wait: 7 }))],
};
