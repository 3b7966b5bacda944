import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const container = (props: object, name = "migrate") =>
  resource("docker:index/container:Container", { image: "acme/web:1", ...props }, name);
const app = resource("docker:index/container:Container", { image: "acme/web:1" }, "web", {
  opts: { dependsOn: ["migrate"] },
});
const once = { mustRun: false, restart: "no" };

export const fixtures: Fixtures = {
  good: [
    container({ ...once, attach: true }),
    passes(container({ ...once, attach: true }), app),
    container({ command: ["sh", "-c", "npm run migrate && exec node server.js"] }, "web"),
    container({ image: "postgres:16" }, "db-setup"),
  ],
  bad: [
    container({}),
    container({ command: ["npm", "run", "migrate"] }, "prepare"),
    container({ mustRun: false, restart: "always" }),
    violates(container(once), app),
  ],
  missing: [passes(container({}, "web"))],
  unknown: [container({ mustRun: unknown })],
  wrongType: [violates(container({ mustRun: "never" }))],
};
