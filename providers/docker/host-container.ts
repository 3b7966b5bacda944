import { Container } from "@pulumi/docker/container";
import type * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import type { Environment } from "../../components/cloud";
import type { DockerHostLinks, HostContainer } from "../../components/docker-host";
import type { ImageAttachment, NetworkAttachment, SecretAttachment } from "./attachments";
import { deliver, type Delivered } from "./files";
import { hardened } from "./hardened";
import { KEEPER } from "./keeper";

interface Request {
  /** Exact name on the host, and the name by which the others find it. */
  readonly name: string;
  readonly container: HostContainer;
  readonly host: NetworkAttachment;
  readonly image: ImageAttachment;
  readonly secrets: DockerHostLinks["secrets"];
  readonly volumes: Readonly<Record<string, pulumi.Output<string>>>;
  readonly networks: readonly { name: pulumi.Output<string>; aliases: string[] }[];
  readonly callers: readonly { name: pulumi.Output<string>; aliases: string[] }[];
  readonly dependsOn: pulumi.Resource[];
  readonly environment: Environment;
  readonly parent: pulumi.Resource;
}

/** Where programs look for it. */
const SOCKET = "/var/run/docker.sock";
/** The engine looks often, so that whoever waits is not held up. */
const LOOK_SECONDS = 5;

/** One container that the host keeps running, as restricted as a service's. */
export function hostContainer(request: Request): Container {
  const { name, container, host, image, environment, parent } = request;
  const { health, engineSocket } = container;
  const files = deliver(name, secretFiles(request), image.image, environment, parent);
  const user = `${container.uid}:${container.gid ?? container.uid}`;
  return new Container(
    name,
    {
      ...hardened(
        {
          name,
          exactName: name,
          component: name,
          image: image.image,
          user,
          cpu: container.cpu,
          memoryMiB: container.memoryMiB,
          scratch: container.scratch ?? ["/tmp"],
          graceSeconds: container.stopGraceSeconds ?? 10,
          files: files.version,
          labels: container.labels ?? {},
          // Whoever opens the socket needs its group; the mount is read-only, its protocol is not.
          groups: engineSocket ? [host.settings.socketGroup] : [],
          fixed: [container, image.identity, host.keeper.identity],
        },
        environment,
      ),
      entrypoints: [KEEPER, "run"],
      command: commandOf(container, files),
      envs: Object.entries(container.env ?? {}).map(([key, value]) => `${key}=${value}`),
      init: true,
      networksAdvanced: [...request.networks, ...request.callers],
      volumes: [
        host.keeper.mount,
        files.mount,
        ...Object.entries(request.volumes).map(([containerPath, volumeName]) => {
          return { volumeName, containerPath };
        }),
        ...(engineSocket
          ? [{ hostPath: host.settings.socketPath, containerPath: SOCKET, readOnly: true }]
          : []),
      ],
      ...(health
        ? {
            healthcheck: {
              tests: ["CMD", KEEPER, "probe", `http://127.0.0.1:${health.port}${health.path}`],
              interval: `${LOOK_SECONDS}s`,
              timeout: `${health.timeoutSeconds}s`,
              retries: health.unhealthyAfter,
              startPeriod: `${health.startSeconds}s`,
            },
            wait: true,
            waitTimeout: health.startSeconds + 120,
          }
        : {}),
    },
    { parent, deleteBeforeReplace: true, dependsOn: request.dependsOn },
  );
}

/** Arguments alone are for the image's entry point, as with `docker run`. */
function commandOf({ command }: HostContainer, { entry, program }: Delivered) {
  if (!command) return program;
  return command[0]?.startsWith("-") ? entry.apply((own) => [...own, ...command]) : [...command];
}

function secretFiles({ name, container, secrets }: Request) {
  return Object.fromEntries(
    Object.entries(container.secrets ?? {}).map(([variable, secret]) => {
      const ref = secrets[secret];
      if (!ref) throw new Error(`${name} was not linked to the secret "${secret}"`);
      const { value } = attachmentOf<SecretAttachment>(ref.attachment, "docker");
      return [`env/${variable}`, value];
    }),
  );
}
