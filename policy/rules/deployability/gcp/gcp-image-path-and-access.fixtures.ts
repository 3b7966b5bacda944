import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const service = (image: unknown, ...dependsOn: string[]) =>
  resource("gcp:cloudrunv2/service:Service", { template: { containers: [{ image }] } }, "web", {
    opts: { dependsOn },
  });
const repository = resource(
  "gcp:artifactregistry/repository:Repository",
  { project: "p1", location: "europe-west1", repositoryId: "app" },
  "repo",
);
const IMAGE = "europe-west1-docker.pkg.dev/p1/app/web:1";

export const fixtures: Fixtures = {
  good: [
    service(IMAGE),
    service("gcr.io/p1/web@sha256:0123"),
    service("nginx:1.27"),
    service("docker.io/library/nginx:1"),
    passes(repository, service(IMAGE, "repo")),
    passes(
      repository,
      service({ concat: [{ ref: "repo.location" }, "-docker.pkg.dev/p1/app/web:1"] }),
    ),
  ],
  bad: [
    service("ghcr.io/acme/web:1"),
    service("123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1"),
    service("localhost:5000/web"),
    service({ concat: ["quay.io/acme/web@", { ref: "build.digest" }] }),
    violates(repository, service(IMAGE)),
    resource("gcp:cloudrunv2/job:Job", {
      template: { template: { containers: [{ image: "ghcr.io/a/b" }] } },
    }),
  ],
  missing: [passes(service(undefined))],
  unknown: [service(unknown)],
  wrongType: [passes(service(7))],
};
