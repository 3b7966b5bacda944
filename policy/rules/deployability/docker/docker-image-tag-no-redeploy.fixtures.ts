import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const container = (image: unknown) =>
  resource("docker:index/container:Container", { image }, "web");
const remote = (props: object) =>
  resource("docker:index/remoteImage:RemoteImage", { name: "acme/web:latest", ...props }, "image");
const built = resource("docker:index/image:Image", { imageName: "acme/web:1.2" }, "build");

export const fixtures: Fixtures = {
  good: [
    container("acme/web:1.2"),
    container("acme/web:latest@sha256:0123"),
    passes(remote({ pullTriggers: [unknown] }), container({ ref: "image.repoDigest" })),
    remote({ name: "acme/web:1.2" }),
    passes(built, container({ ref: "build.repoDigest" })),
  ],
  bad: [
    container("acme/web:latest"),
    container("acme/web"),
    container("localhost:5000/web"),
    container("acme/web:main"),
    remote({}),
    violates(built, container("acme/web:1.2")),
  ],
  missing: [passes(container(undefined))],
  unknown: [waits(container(unknown)), passes(remote({ name: unknown }))],
  wrongType: [passes(container(7))],
};
