import { hostOf } from "../../../lib/deployability/docker/containers";
import { CONTAINER, IMAGE, PROVIDER, REMOTE_IMAGE } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { cannotTell } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

const HUB = "docker.io";

/** Registries nobody reads without logging in. */
const PRIVATE =
  /(\.azurecr\.io|\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com|-docker\.pkg\.dev|^registry\.gitlab\.com|\.jfrog\.io)$/;

export const rule = deployability({
  id: "docker-registry-credentials",
  title: "Private images are pulled and pushed with credentials of their registry",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "pull access denied, repository does not exist or may require 'docker login', or: denied: requested access to the resource is denied.",
  },
  fix: "Give the docker provider a registryAuth with the image's host as address, and an Image that is pushed a registry with that server.",
  source: "https://www.pulumi.com/registry/packages/docker/api-docs/provider/",
  check: { [IMAGE]: checkPush },
  checkStack: ofEach([REMOTE_IMAGE, CONTAINER], (user, graph): Report[] => {
    const at = user.type === CONTAINER ? user.at("image") : user.at("name");
    const host = registryIn(at.text ?? "");
    const provider = providerOf(graph, user);
    if (provider === undefined || !PRIVATE.test(host)) return [];
    return checkAuth(provider, at, host);
  }),
});

function checkPush(image: Resource): Report[] {
  const skip = image.at("skipPush");
  const name = image.at("imageName");
  const server = image.at("registry.server");
  if (skip.boolean === true) return [];
  if (skip.unknown) return [undecided(skip)];
  if (name.unknown && name.prefix === "")
    return image.at("registry").present ? [] : [undecided(name)];
  if (name.absent || image.at("buildOnPreview").unknown) return [];
  if (image.at("registry").absent)
    return [
      cannotTell(
        image.at("registry"),
        `${textOf(name)} is pushed with the login of whoever deploys, if there is one`,
      ),
    ];
  if (server.unknown || server.absent || name.unknown) return [];
  const [own, theirs] = [registryIn(name.text ?? ""), registryIn(`${server.text ?? ""}/x`)];
  return own === theirs
    ? []
    : [violation(server, `the credentials are for ${theirs}, and the image is pushed to ${own}`)];
}

function textOf(name: Value): string {
  return name.text ?? `${name.prefix}...`;
}

/** The host an image is kept on, Docker Hub under one name. */
function registryIn(image: string): string {
  const [first = "", ...rest] = image.replace(/^https?:\/\//, "").split("/");
  const isHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  if (!isHost) return HUB;
  return /^(index\.|registry-1\.|registry\.hub\.)?docker\.(io|com)$/.test(first) ? HUB : first;
}

/** The provider of a resource, where it is one of the plan. */
function providerOf(graph: Graph, user: Resource): Resource | undefined {
  const providers = graph.ofType(PROVIDER);
  return providers.find((provider) => provider === graph.find(hostOf(user)));
}

function checkAuth(provider: Resource, at: Value, host: string): Report[] {
  const auth = provider.at("registryAuth").document;
  if (auth.unknown) return [undecided(auth)];
  const addresses = auth.each.map((one) => one.at("address"));
  if (addresses.some((one) => one.unknown || registryIn(`${one.text ?? ""}/x`) === host)) return [];
  return [violation(at, `${provider.name} has no registryAuth for ${host}`)];
}
