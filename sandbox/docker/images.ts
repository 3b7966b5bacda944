import { createHash } from "node:crypto";
import type { Draft, FunctionRule, TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";

/** The same reference is the same image, on every simulated host. */
const imageId = (text: string): string =>
  `sha256:${createHash("sha256").update(text).digest("hex")}`;

const tagless = (reference: string): string => reference.replace(/(@sha256)?:[^/:]+$/, "");

export const imageFunctions: Record<string, FunctionRule> = {
  "docker:index/getRegistryImage:getRegistryImage": ({ name }) => ({
    ...{ id: imageId(name), name },
    sha256Digest: imageId(name),
  }),
};

export const images: Record<string, TypeTable> = {
  "docker:index/remoteImage:RemoteImage": {
    // Two stacks may name the same image; the id tells their claims apart.
    id: "{hex:64}",
    outputs: {
      imageId: ({ inputs }: Draft) => imageId(inputs.name),
      repoDigest: ({ inputs }: Draft) => `${tagless(inputs.name)}@${imageId(inputs.name)}`,
    },
    replaceOn: ["name", "platform", "pullTriggers[*]", "triggers.*", "build.*"],
  },
  "docker:index/image:Image": {
    id: "{hex:64}",
    outputs: {
      baseImageName: "{in.imageName}",
      repoDigest: ({ inputs }: Draft) => imageId(JSON.stringify([inputs.imageName, inputs.build])),
      registryServer: ({ inputs }: Draft) => inputs.registry?.server ?? "docker.io",
    },
    changing: ["repoDigest"],
  },
  "docker:index/tag:Tag": {
    id: ({ inputs }: Draft) => `${inputs.sourceImage}.${inputs.targetImage}`,
    outputs: { sourceImageId: ({ inputs }: Draft) => imageId(inputs.sourceImage) },
    replaceOn: ["sourceImage", "targetImage", "tagTriggers[*]"],
  },
  "docker:index/registryImage:RegistryImage": {
    id: ({ inputs }: Draft) => imageId(`${inputs.name}`),
    outputs: { sha256Digest: ({ inputs }: Draft): Plain => imageId(inputs.name) },
    replaceOn: ["name", "triggers.*"],
  },
};
