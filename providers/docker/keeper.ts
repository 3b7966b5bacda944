import { Container } from "@pulumi/docker/container";
import { Volume } from "@pulumi/docker/volume";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { fingerprint, hostName, labels } from "./names";
import { ownImage } from "./own-image";
import type { Settings } from "./settings";

/** Where the helper program lies in every container. */
export const KEEPER = "/portolan/keeper";
/** Where a workload's own files lie. */
export const FILES = "/run/portolan";

/** The helper program of the stack: see `keeper/main.go`. */
export interface Keeper {
  readonly identity: string;
  readonly image: pulumi.Output<string>;
  /** Read-only mount of the program. */
  readonly mount: {
    readonly volumeName: pulumi.Output<string>;
    readonly containerPath: string;
    readonly readOnly: true;
  };
}

/**
 * Puts the program into a volume. Docker fills a new volume with what the image has at the mount's
 * path when a container is created, started or not: so the container here never runs.
 */
export function buildKeeper(
  name: string,
  settings: Settings,
  environment: Environment,
  parent: pulumi.Resource,
): Keeper {
  const { identity, image } = ownImage(`${name}-keeper-image`, "keeper", settings, parent);
  // Only an empty volume is filled: another program needs another volume.
  const revision = fingerprint(identity);
  const volume = new Volume(
    `${name}-keeper-${revision}`,
    { name: hostName(environment, `keeper-${revision}`), labels: labels(environment, name) },
    { parent },
  );
  const carrier = new Container(
    `${name}-keeper-carrier-${revision}`,
    {
      ...neverStarted(environment, `keeper-carrier-${revision}`, name),
      image,
      readOnly: true,
      volumes: [{ volumeName: volume.name, containerPath: "/portolan" }],
    },
    { parent, deleteBeforeReplace: true },
  );
  // Through the carrier's id, so that nobody mounts the volume before it is filled.
  const volumeName = pulumi.all([volume.name, carrier.id]).apply(([filled]) => filled);
  return { identity, image, mount: { volumeName, containerPath: "/portolan", readOnly: true } };
}

/**
 * A volume that workloads may write whatever their user: it takes the mode of a folder in the
 * helper's image, writable for group 0, to which workloads belong.
 */
export function sharedVolume(
  name: string,
  keeper: Keeper,
  environment: Environment,
  parent: pulumi.Resource,
  options: pulumi.CustomResourceOptions = {},
  exactName?: string,
): pulumi.Output<string> {
  const volume = new Volume(
    name,
    { name: exactName ?? hostName(environment, name), labels: labels(environment, name) },
    { parent, ...options },
  );
  const carrier = new Container(
    `${name}-carrier`,
    {
      ...neverStarted(environment, `${name}-carrier`, name),
      image: keeper.image,
      readOnly: true,
      volumes: [{ volumeName: volume.name, containerPath: "/shared" }],
    },
    { parent, deleteBeforeReplace: true },
  );
  return pulumi.all([volume.name, carrier.id]).apply(([made]) => made);
}

/** Arguments of a container that only fills volumes. */
export function neverStarted(environment: Environment, name: string, component: string) {
  return {
    name: hostName(environment, name),
    start: false,
    mustRun: false,
    restart: "no",
    networkMode: "none",
    user: "10001:10001",
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    labels: [...labels(environment, component), { label: "portolan.role", value: "carrier" }],
  };
}
