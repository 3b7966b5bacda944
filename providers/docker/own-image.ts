import * as fs from "node:fs";
import * as path from "node:path";
import { Image } from "@pulumi/docker/image";
import { RemoteImage } from "@pulumi/docker/remoteImage";
import type * as pulumi from "@pulumi/pulumi";
import { fingerprint } from "./names";
import type { Settings } from "./settings";

export interface HostImage {
  /** Content as far as the program knows it; part of every revision. */
  readonly identity: string;
  /** Id on the host. */
  readonly image: pulumi.Output<string>;
}

/** An image by reference. It stays on the host when the stack goes: others may run it. */
export function imageByReference(
  name: string,
  reference: string,
  parent: pulumi.Resource,
): HostImage {
  const image = new RemoteImage(
    name,
    { name: reference, keepLocally: true, pullTriggers: [reference] },
    { parent },
  );
  return { identity: reference, image: image.imageId };
}

/** One of the two images of this project: built on the host, or taken from the settings. */
export function ownImage(
  name: string,
  role: "keeper" | "edge",
  settings: Settings,
  parent: pulumi.Resource,
): HostImage {
  const given = settings.images[role];
  if (given !== undefined) return imageByReference(name, given, parent);
  const folder = role === "edge" ? "caddy" : "keeper";
  const identity = `portolan/${role}:${contentOf(path.join(__dirname, folder))}`;
  // Relative to the project: an absolute path would differ from machine to machine.
  const context = `providers/docker/${folder}`;
  const image = new Image(
    name,
    {
      imageName: identity,
      build: { context, dockerfile: `${context}/Dockerfile` },
      skipPush: true,
    },
    { parent },
  );
  return { identity, image: image.repoDigest };
}

/** Hash of a build folder, so that an edit of it is a new image and nothing else is. */
function contentOf(folder: string): string {
  const files = fs.readdirSync(folder).sort();
  return fingerprint(files.map((file) => [file, fs.readFileSync(path.join(folder, file), "utf8")]));
}
