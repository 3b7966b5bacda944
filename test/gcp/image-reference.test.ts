import { parseReference } from "../../providers/gcp/image-reference";

test.each([
  ["postgres:16", "docker.io", "library/postgres", ":16", false],
  ["bitnami/redis:7.2", "docker.io", "bitnami/redis", ":7.2", false],
  ["docker.io/library/caddy:2", "docker.io", "library/caddy", ":2", false],
  [
    "public.ecr.aws/docker/library/postgres:16.10-alpine",
    "public.ecr.aws",
    "docker/library/postgres",
    ":16.10-alpine",
    false,
  ],
  ["ghcr.io/acme/web@sha256:abc", "ghcr.io", "acme/web", "@sha256:abc", false],
  ["localhost:5000/web:1", "localhost:5000", "web", ":1", false],
  [
    "europe-west1-docker.pkg.dev/p/r/web:1.2.3@sha256:abc",
    "europe-west1-docker.pkg.dev",
    "p/r/web",
    ":1.2.3@sha256:abc",
    true,
  ],
  ["gcr.io/google-samples/hello:1", "gcr.io", "google-samples/hello", ":1", true],
  ["eu.gcr.io/p/web:1", "eu.gcr.io", "p/web", ":1", true],
  ["notgcr.io/p/web:1", "notgcr.io", "p/web", ":1", false],
])("%s", (reference, host, image, pinned, isGoogle) => {
  expect(parseReference(reference)).toEqual({ host, image, pinned, isGoogle });
});
