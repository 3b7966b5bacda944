import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const ecr = (props: object) => resource("aws:ecr/repository:Repository", props);
const artifacts = (props: object) => resource("gcp:artifactregistry/repository:Repository", props);

export const fixtures: Fixtures = {
  good: [
    ecr({ imageTagMutability: "IMMUTABLE" }),
    artifacts({ format: "DOCKER", dockerConfig: { immutableTags: true } }),
    artifacts({ format: "NPM" }),
  ],
  bad: [ecr({ imageTagMutability: "MUTABLE" }), artifacts({ format: "DOCKER", dockerConfig: {} })],
  missing: [violates(ecr({})), violates(artifacts({ format: "DOCKER" })), passes(artifacts({}))],
  unknown: [ecr({ imageTagMutability: unknown })],
  wrongType: [violates(ecr({ imageTagMutability: true }))],
};
