import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const container = (props: object, name = "web") =>
  resource("docker:index/container:Container", { image: "acme/web:1", ...props }, name);

export const fixtures: Fixtures = {
  good: [
    container({ restart: "unless-stopped" }),
    container({ restart: "always", mustRun: true }),
    container({ mustRun: false }),
    container({ mustRun: false, rm: true, restart: "no" }),
    container({ mustRun: false, restart: "on-failure", maxRetryCount: 3 }),
    container({}, "migrate"),
  ],
  bad: [
    container({}),
    container({ restart: "no" }),
    container({ restart: "on-failure", maxRetryCount: 3 }),
    container({ restart: "always", maxRetryCount: 3 }),
    container({ restart: "always", rm: true, mustRun: false }),
    container({ mustRun: undefined, rm: true, restart: "unless-stopped" }),
  ],
  missing: [violates(container({ restart: null })), passes(container({ start: false }))],
  unknown: [container({ restart: unknown }), container({ mustRun: unknown })],
  wrongType: [violates(container({ restart: true }))],
};
