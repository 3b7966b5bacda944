import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const image = (props: object) =>
  resource("docker:index/image:Image", { imageName: "acme.azurecr.io/web:1", ...props });
const registry = (server: unknown) => ({ registry: { server, username: "u", password: "p" } });
const provider = (registryAuth: unknown) =>
  resource("pulumi:providers:docker", { host: "ssh://host", registryAuth }, "host");
const container = (name: string) =>
  resource("docker:index/container:Container", { image: name }, "web", { provider: "host" });
const auth = (address: unknown) => [{ address, username: "u", password: "p" }];

export const fixtures: Fixtures = {
  good: [
    image(registry("acme.azurecr.io")),
    image(registry("https://acme.azurecr.io")),
    image({ imageName: "acme/web:1", ...registry("https://index.docker.io/v1/") }),
    image({ skipPush: true }),
    passes(provider(auth("acme.azurecr.io")), container("acme.azurecr.io/web:1")),
    passes(provider([]), container("nginx:1.27")),
    container("acme.azurecr.io/web:1"),
  ],
  bad: [
    image(registry("other.azurecr.io")),
    image({ imageName: "acme/web:1", ...registry("ghcr.io") }),
    violates(provider([]), container("acme.azurecr.io/web:1")),
    violates(
      provider(auth("ghcr.io")),
      container("123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1"),
    ),
  ],
  missing: [passes(image({ imageName: undefined }))],
  unknown: [
    image({}),
    image({ skipPush: unknown }),
    image({ imageName: unknown }),
    waits(provider(unknown), container("acme.azurecr.io/web:1")),
  ],
  wrongType: [passes(image({ imageName: 7, skipPush: "true" }))],
};
