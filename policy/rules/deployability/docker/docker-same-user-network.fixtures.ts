import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const network = (name = "app") => resource("docker:index/network:Network", {}, name);
const on = (name: unknown, aliases?: string[]) => ({ networksAdvanced: [{ name, aliases }] });
const APP = { ref: "app.name" };
const db = (props: object = {}) =>
  resource("docker:index/container:Container", { image: "redis:7", ...props }, "db");
const web = (props: object = {}, env: unknown = "REDIS_URL=redis://db:6379") =>
  resource(
    "docker:index/container:Container",
    { image: "acme/web:1", envs: [env], ...props },
    "web",
  );

export const fixtures: Fixtures = {
  good: [
    passes(network(), db(on(APP, ["db"])), web(on(APP))),
    passes(network(), db({ name: "db", ...on(APP) }), web(on(APP))),
    passes(
      network(),
      db(on(APP)),
      web(on(APP), { concat: ["URL=redis://", { ref: "db.name" }, ":6379"] }),
    ),
    passes(db({ name: "db", ...on("outer") }), web(on("outer"))),
    passes(web({}, "API=https://api.example.com"), db()),
    passes(db(), web({ networkMode: "host" })),
  ],
  bad: [
    violates(db(), web()),
    violates(network(), db(on(APP)), web(on(APP))),
    violates(network(), db({ name: "db", ...on(APP) }), web()),
    violates(
      network(),
      network("other"),
      db({ name: "db", ...on(APP) }),
      web(on({ ref: "other.name" })),
    ),
    violates(db({ name: "db" }), web({}, "REDIS_HOST=db")),
  ],
  missing: [passes(db(), web({ envs: undefined }))],
  unknown: [waits(network(), db(on(APP)), web({ networksAdvanced: unknown }))],
  wrongType: [passes(db(), web({ envs: "db" }))],
};
