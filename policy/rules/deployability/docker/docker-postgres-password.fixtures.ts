import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const postgres = (envs: unknown, more: object = {}) =>
  resource("docker:index/container:Container", { image: "postgres:16", envs, ...more });

export const fixtures: Fixtures = {
  good: [
    postgres(["POSTGRES_PASSWORD=x"]),
    postgres(["POSTGRES_PASSWORD_FILE=/run/secrets/password"]),
    postgres([{ concat: ["POSTGRES_PASSWORD=", { ref: "password.result" }] }]),
    postgres([], { image: "acme/web:1" }),
    postgres([], { start: false }),
    postgres([], { command: ["pg_dump", "-h", "db"] }),
  ],
  bad: [
    postgres([]),
    postgres(["POSTGRES_PASSWORD="]),
    postgres(["POSTGRES_USER=app", "POSTGRES_DB=app"]),
    postgres(["POSTGRES_HOST_AUTH_METHOD=trust", "POSTGRES_PASSWORD=x"]),
    postgres(["POSTGRES_USER=app"], { image: "postgis/postgis:16-3.4" }),
  ],
  missing: [
    violates(postgres(undefined)),
    passes(resource("docker:index/container:Container", {})),
  ],
  unknown: [waits(postgres(unknown)), postgres([unknown])],
  wrongType: [violates(postgres(7))],
};
