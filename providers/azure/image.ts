import { Task } from "@pulumi/azure-native/containerregistry";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type { ImageLinks, ImageOutputs, ImageSpec } from "../../components/image";
import { fit } from "../../components/naming";
import type { ImageAttachment } from "./attachments";
import { foreignImage } from "./image-cache";
import { knownAfter } from "./known";
import { stackRegistry } from "./registry";
import { resourceGroup } from "./resource-group";
import { settings } from "./settings";
import { tagsOf } from "./tags";

type Resolved = ImageSpec & { readonly keep: number };

const describe: Parity<ImageSpec> = {
  repository:
    "a repository of the stack's own registry, which has no admin user and no anonymous pull",
  source:
    "version, digest or reference. A reference to one of the large public registries is pulled through " +
    "the stack's own, so that it needs no way to the internet. build in the update is refused: the registry signs in identities only, and a " +
    "program has no token to push with; a release builds (`during: release`), or whoever pushes before. " +
    "Tags of this registry can be moved, so a digest is the only reference that is immutable",
  keep: "a task of the registry removes older images once a week",
};

const REPOSITORY = /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/;

function resolve(spec: ImageSpec, { path, problems }: ResolveContext): Resolved {
  if (!REPOSITORY.test(spec.repository)) {
    problems.add(
      `${path}.repository`,
      `"${spec.repository}" is no name of a repository; use lower-case letters, digits, - and _`,
    );
  }
  if (spec.source.kind === "build") {
    problems.add(
      `${path}.source`,
      "building inside the update is not supported on azure: the registry signs in identities " +
        "only; leave it to bin/release with `during: release` beside `context`, or push the image " +
        "first (az acr login, docker push) and give version or digest",
    );
  }
  const keep = spec.keep ?? 30;
  if (!Number.isInteger(keep) || keep < 1) {
    problems.add(`${path}.keep`, `${keep} is no number of images; give 1 or more`);
  }
  return { ...spec, keep };
}

function build(request: BuildRequest<Resolved, ImageLinks>): ImageOutputs {
  const { name, spec, parent, environment } = request;
  const { repository, source, keep } = spec;
  if (source.kind === "reference") {
    const { reference, ...attachment } = foreignImage(source.reference, environment, parent);
    return { reference, attachment };
  }
  const { registry, server } = stackRegistry(environment, parent);
  new Task(
    `${name}-cleanup`,
    {
      taskName: fit(`keep-${repository.replace(/[^a-z0-9]/g, "-")}`, 50),
      registryName: registry.name,
      resourceGroupName: resourceGroup(environment, parent).name,
      location: settings().location,
      status: "Enabled",
      platform: { os: "Linux", architecture: "amd64" },
      agentConfiguration: { cpu: 2 },
      timeout: 3600,
      step: { type: "EncodedTask", encodedTaskContent: cleanup(repository, keep) },
      trigger: { timerTriggers: [{ name: "weekly", schedule: "17 3 * * 0", status: "Enabled" }] },
      tags: tagsOf(environment),
    },
    { parent },
  );
  const suffix = source.kind === "digest" ? `@${source.digest}` : `:${source.version}`;
  const attachment: ImageAttachment = { cloud: "azure", registry };
  return {
    reference: knownAfter(registry, `${server}/${repository}${suffix}`),
    repositoryUrl: knownAfter(registry, `${server}/${repository}`),
    attachment,
  };
}

/** The task's steps. The newest images stay whatever their age; nothing of the last day goes. */
function cleanup(repository: string, keep: number): string {
  const yaml = [
    "version: v1.1.0",
    "steps:",
    `  - cmd: acr purge --filter '${repository}:.*' --keep ${keep} --ago 1d --untagged`,
    "    disableWorkingDirectoryOverride: true",
    "    timeout: 3600",
    "",
  ].join("\n");
  return Buffer.from(yaml).toString("base64");
}

export const image = builder({ cloud: "azure", describe, resolve, build });
