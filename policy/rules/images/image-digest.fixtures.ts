import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const docker = (image: unknown) => resource("docker:index/container:Container", { image });

export const fixtures: Fixtures = {
  good: [docker("app@sha256:abc"), docker({ concat: [{ ref: "r.url" }, "@sha256:abc"] })],
  bad: [docker("app:1")],
  missing: [passes(docker(undefined))],
  unknown: [docker(unknown)],
  wrongType: [passes(docker(5)), violates(docker("x"))],
};
