import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const store = (props: object = {}) =>
  resource(
    "docker:index/container:Container",
    { image: "postgres:16", name: "db", ...props },
    "db",
  );
const ready = { wait: true, healthcheck: { tests: ["CMD", "pg_isready"] } };
const app = (props: object, ...dependsOn: string[]) =>
  resource(
    "docker:index/container:Container",
    { image: "acme/web:1", envs: ["DATABASE_URL=postgres://app:x@db:5432/app"], ...props },
    "web",
    { opts: { dependsOn } },
  );

export const fixtures: Fixtures = {
  good: [
    passes(store(ready), app({}, "db")),
    passes(store(), app({ restart: "unless-stopped" })),
    passes(store(), app({ envs: ["A=b"] })),
  ],
  bad: [
    violates(store(), app({})),
    violates(store(), app({ restart: "no" }, "db")),
    violates(store(ready), app({})),
    violates(store(), app({ envs: ["DB_HOST=db"] })),
    violates(
      store(),
      app({ envs: [{ concat: ["URL=postgres://a@", { ref: "db.name" }, "/app"] }] }),
    ),
  ],
  missing: [passes(store(), app({ envs: undefined }))],
  unknown: [
    waits(store(), app({ restart: unknown })),
    waits(store({ wait: unknown }), app({}, "db")),
  ],
  wrongType: [passes(store(), app({ envs: "db" }))],
};
