import type Docker from "dockerode";
import type { Plain } from "../../lib/values";
import { orGone, reasonOf } from "./connection";
import type { RealType, Seen } from "./resource";

/** Follows a stream of progress to its end; the engine tells failures in it. */
function finished(engine: Docker, stream: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: string | undefined;
    engine.modem.followProgress(
      stream,
      (error) => {
        const reason = error?.message ?? failure;
        if (reason === undefined) resolve();
        else reject(new Error(reason));
      },
      (event: { error?: string }) => (failure ??= event.error),
    );
  });
}

/** An image of the engine, pulled when it is not there. */
async function found(
  engine: Docker,
  name: string,
  platform?: string,
): Promise<Docker.ImageInspectInfo> {
  const known = await orGone(engine.getImage(name).inspect());
  if (known !== undefined) return known;
  try {
    await finished(engine, await engine.pull(name, platform === undefined ? {} : { platform }));
  } catch (error) {
    const reason = `error pulling image ${name}: ${reasonOf(error)}`;
    throw new Error(`Unable to read Docker image into resource: ${reason}`, { cause: error });
  }
  return engine.getImage(name).inspect();
}

async function built(engine: Docker, name: string, build: Plain): Promise<Docker.ImageInspectInfo> {
  const context = String(build?.context ?? ".");
  // The engine looks for the file inside the context; the program names it from its own folder.
  const file = String(build?.dockerfile ?? `${context}/Dockerfile`);
  const dockerfile = file.startsWith(`${context}/`) ? file.slice(context.length + 1) : file;
  const files = { context, src: ["."] };
  const stream = await engine.buildImage(files, {
    t: name,
    dockerfile,
    ...(build?.args ? { buildargs: build.args } : {}),
    ...(build?.target ? { target: build.target } : {}),
    ...(build?.platform ? { platform: build.platform } : {}),
    forcerm: true,
  });
  await finished(engine, stream).catch((error: Error) => {
    throw new Error(`building ${name} from ${context}: ${error.message}`, { cause: error });
  });
  return engine.getImage(name).inspect();
}

const digestOf = (image: Docker.ImageInspectInfo): string => image.RepoDigests?.[0] ?? image.Id;

const remoteOf = (image: Docker.ImageInspectInfo, name: string): Seen => ({
  id: `${image.Id}${name}`,
  outputs: { imageId: image.Id, repoDigest: image.RepoDigests?.[0] ?? "" },
});

export const remoteImage: RealType = {
  async create(engine, inputs) {
    const image = inputs.build
      ? await built(engine, inputs.name, inputs.build)
      : await found(engine, inputs.name, inputs.platform);
    return remoteOf(image, inputs.name);
  },
  async read(engine, id, inputs) {
    const name = inputs.name ?? id.replace(/^sha256:[0-9a-f]{64}/, "");
    const image = await orGone(engine.getImage(name).inspect());
    return image && remoteOf(image, name);
  },
  async remove(engine, _id, state) {
    if (state.keepLocally) return;
    await orGone(engine.getImage(state.name).remove({ force: state.forceRemove ?? false }));
  },
};

const imageOf = (image: Docker.ImageInspectInfo, inputs: Plain): Seen => ({
  id: image.Id,
  outputs: {
    baseImageName: inputs.imageName,
    // Without a push there is no digest of a registry; the provider then gives the image's id.
    repoDigest: inputs.skipPush ? image.Id : digestOf(image),
    registryServer: inputs.registry?.server ?? "docker.io",
  },
});

export const image: RealType = {
  async create(engine, inputs) {
    const made = await built(engine, inputs.imageName, inputs.build);
    if (!inputs.skipPush) await push(engine, inputs.imageName, inputs.registry);
    return imageOf(made, inputs);
  },
  async read(engine, id, inputs) {
    const made = await orGone(engine.getImage(inputs.imageName ?? id).inspect());
    return made && imageOf(made, inputs);
  },
  async update(engine, _id, _olds, news) {
    await built(engine, news.imageName, news.build);
    if (!news.skipPush) await push(engine, news.imageName, news.registry);
  },
  // As the provider: the image stays, on the host and in the registry.
  remove: () => Promise.resolve(),
};

async function push(engine: Docker, name: string, registry: Plain): Promise<void> {
  const authconfig = registry && {
    username: registry.username ?? "",
    password: registry.password ?? "",
    serveraddress: registry.server ?? registry.address ?? "",
  };
  const stream = await engine.getImage(name).push(authconfig ? { authconfig } : {});
  await finished(engine, stream).catch((error: Error) => {
    throw new Error(`Error pushing docker image: ${error.message}`, { cause: error });
  });
}

export const tag: RealType = {
  async create(engine, inputs) {
    const source = engine.getImage(inputs.sourceImage);
    const [, repo, label] = /^(.*?)(?::([^:/]+))?$/.exec(inputs.targetImage) ?? [];
    await source.tag({ repo: repo ?? "", tag: label ?? "latest" });
    const { Id } = await source.inspect();
    return { id: `${inputs.sourceImage}.${inputs.targetImage}`, outputs: { sourceImageId: Id } };
  },
  async read(engine, id, inputs) {
    if (inputs.targetImage === undefined) return undefined;
    const target = await orGone(engine.getImage(inputs.targetImage).inspect());
    return target && { id, outputs: { sourceImageId: target.Id } };
  },
  // Deleting a tag resource deletes neither image.
  remove: () => Promise.resolve(),
};

export const registryImage: RealType = {
  async create(engine, inputs) {
    if (inputs.build) await built(engine, inputs.name, inputs.build);
    await push(engine, inputs.name, inputs.authConfig);
    const pushed = await engine.getImage(inputs.name).inspect();
    const digest = digestOf(pushed).split("@").at(-1) ?? pushed.Id;
    return { id: digest, outputs: { sha256Digest: digest } };
  },
  async read(engine, id, inputs) {
    const pushed = await orGone(engine.getImage(inputs.name ?? id).inspect());
    return pushed && { id, outputs: { sha256Digest: id } };
  },
  async remove(_engine, _id, state) {
    if (state.keepRemotely) return;
    throw new Error(
      `${state.name}: it stays in its registry, which has no deletion here; set keepRemotely, or use the official docker plugin`,
    );
  },
};
