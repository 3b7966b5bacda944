import { Container } from "@pulumi/docker/container";
import { Volume } from "@pulumi/docker/volume";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { FILES, neverStarted } from "./keeper";
import { hostName, labels } from "./names";

/** Files of one workload, in a volume that only it mounts. */
export interface Delivered {
  /** Read-only mount for the workload. */
  readonly mount: {
    readonly volumeName: pulumi.Output<string>;
    readonly containerPath: string;
    readonly readOnly: true;
  };
  /** Another value whenever the content of a file is another. */
  readonly version: pulumi.Output<string>;
  /** The image's entry point alone. */
  readonly entry: pulumi.Output<string[]>;
  /** What the image starts by itself: entry point and command. */
  readonly program: pulumi.Output<string[]>;
}

/**
 * Writes files into a volume through a container that is created and never started. Docker refuses
 * uploads into a container with a read-only root, so the workload cannot be given them directly.
 * They belong to root with mode 0440; the workload reads them as a member of group 0. Content is a
 * secret in the state and appears in no `docker inspect`.
 */
export function deliver(
  name: string,
  files: Readonly<Record<string, pulumi.Input<string>>>,
  image: pulumi.Input<string>,
  environment: Environment,
  parent: pulumi.Resource,
): Delivered {
  const volume = new Volume(
    `${name}-files`,
    { name: hostName(environment, `${name}-files`), labels: labels(environment, name) },
    { parent },
  );
  const carrier = new Container(
    `${name}-carrier`,
    {
      ...neverStarted(environment, `${name}-carrier`, name),
      image,
      volumes: [{ volumeName: volume.name, containerPath: FILES }],
      // With a file to upload the engine refuses a read-only root.
      readOnly: Object.keys(files).length === 0,
      uploads: Object.keys(files)
        .sort()
        .map((file) => ({
          file: `${FILES}/${file}`,
          content: pulumi.secret(files[file] ?? ""),
          permissions: "0440",
        })),
    },
    { parent, deleteBeforeReplace: true, additionalSecretOutputs: ["uploads"] },
  );
  return {
    mount: {
      volumeName: pulumi.all([volume.name, carrier.id]).apply(([filled]) => filled),
      containerPath: FILES,
      readOnly: true,
    },
    version: carrier.id,
    entry: carrier.entrypoints.apply((entry) => entry ?? []),
    program: pulumi
      .all([carrier.entrypoints, carrier.command])
      .apply(([entry, command]) => [...(entry ?? []), ...(command ?? [])]),
  };
}
