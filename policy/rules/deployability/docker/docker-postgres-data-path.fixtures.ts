import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const postgres = (image: unknown, containerPath: unknown, envs?: unknown) =>
  resource("docker:index/container:Container", {
    image,
    envs,
    volumes: [{ volumeName: "data", containerPath }],
  });
const OLD = "/var/lib/postgresql/data";
const NEW = "/var/lib/postgresql";
const remote = resource("docker:index/remoteImage:RemoteImage", { name: "postgres:18" }, "image");

export const fixtures: Fixtures = {
  good: [
    postgres("postgres:16", OLD),
    postgres("postgres:17.2-alpine", `${OLD}/`),
    postgres("postgres:18", NEW),
    postgres("postgres", NEW),
    postgres("postgres:18", OLD, [`PGDATA=${OLD}/18`]),
    postgres("bitnami/postgresql:16", "/bitnami"),
    postgres("postgres@sha256:0123", OLD),
  ],
  bad: [
    postgres("postgres:18", OLD),
    postgres("postgres:latest", OLD),
    postgres("postgres", OLD),
    postgres("docker.io/library/postgres:18-alpine", OLD),
    postgres("postgres:16", NEW),
    violates(remote, postgres({ ref: "image.repoDigest" }, OLD)),
  ],
  missing: [passes(postgres("postgres:18", undefined)), passes(postgres(undefined, OLD))],
  unknown: [waits(postgres("postgres:18", OLD, unknown)), passes(postgres(unknown, OLD))],
  wrongType: [passes(postgres(18, OLD)), violates(postgres("postgres:18", OLD, "PGDATA"))],
};
