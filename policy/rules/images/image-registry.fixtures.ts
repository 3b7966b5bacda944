import {
  given,
  passes,
  resource,
  unknown,
  violates,
  waits,
  type Fixtures,
} from "../../lib/fixture";

const docker = (image: unknown) => resource("docker:index/container:Container", { image });
const only = { registries: ["registry.example.com/"] };

export const fixtures: Fixtures = {
  good: [docker("nginx:1"), given(only, passes(docker("registry.example.com/app:1")))],
  bad: [
    given(only, violates(docker("nginx:1"))),
    given(only, violates(docker("registry.example.com.evil.test/app:1"))),
  ],
  missing: [given(only, passes(docker(undefined)))],
  unknown: [given(only, waits(docker(unknown)))],
  wrongType: [given(only, passes(docker(3)))],
};
