import { Image } from "@pulumi/docker/image";
import * as pulumi from "@pulumi/pulumi";
import { builder, type Parity } from "../../components/builder";
import { Problems } from "../../components/errors";
import type { ImageSource, ImageSpec } from "../../components/image";
import type { ImageAttachment } from "./attachments";
import { fingerprint } from "./names";
import { imageByReference } from "./own-image";
import { readSettings } from "./settings";

const describe: Parity<ImageSpec> = {
  repository: "below `portolan-docker:registry`; without one the name of an image on the host",
  source: "pulled when the host has it not yet; `build` builds on the host and pushes nothing",
  keep: "accepted: old images stay on the host until `docker image prune`",
};

/** Where the system's own images are: in the registry, or by their bare name on the host. */
const repositoryOf = (repository: string, registry: string | undefined): string =>
  registry === undefined ? repository : `${registry}/${repository}`;

/** Full reference of an image that is not built here. */
export function referenceOf(
  repository: string,
  source: Exclude<ImageSource, { kind: "build" }>,
  registry: string | undefined,
): string {
  const name = repositoryOf(repository, registry);
  if (source.kind === "reference") return source.reference;
  return source.kind === "version" ? `${name}:${source.version}` : `${name}@${source.digest}`;
}

export const image = builder({
  cloud: "docker",
  describe,
  resolve: (spec: ImageSpec, { path, problems }) => {
    if (spec.source.kind === "digest" && readSettings(new Problems()).registry === undefined) {
      problems.add(
        `${path}.source`,
        "a digest names an image in a registry; set `portolan-docker:registry` or give a version",
      );
    }
    return spec;
  },
  build: ({ name, spec, parent }) => {
    const { registry } = readSettings(new Problems());
    const { source } = spec;
    if (source.kind !== "build") {
      const reference = referenceOf(spec.repository, source, registry);
      const { identity, image } = imageByReference(name, reference, parent);
      const own = source.kind === "reference" ? undefined : repositoryOf(spec.repository, registry);
      return outputs(identity, reference, image, own);
    }
    const reference = referenceOf(spec.repository, { ...source, kind: "version" }, registry);
    const built = new Image(
      name,
      {
        imageName: reference,
        build: {
          context: source.context,
          dockerfile: source.dockerfile,
          ...(source.args ? { args: source.args } : {}),
          ...(source.target ? { target: source.target } : {}),
        },
        skipPush: true,
      },
      { parent },
    );
    return outputs(
      fingerprint(source, reference),
      reference,
      built.repoDigest,
      repositoryOf(spec.repository, registry),
    );
  },
});

function outputs(
  identity: string,
  reference: string,
  image: pulumi.Output<string>,
  repositoryUrl: string | undefined,
) {
  const attachment: ImageAttachment = { cloud: "docker", identity, image };
  return {
    reference: pulumi.output(reference),
    ...(repositoryUrl === undefined ? {} : { repositoryUrl: pulumi.output(repositoryUrl) }),
    attachment,
  };
}
