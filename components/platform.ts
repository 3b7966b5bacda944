import type { AlarmsBuilder } from "./alarms";
import type { Cloud, Environment } from "./cloud";
import type { ContainerServiceBuilder } from "./container-service";
import type { DockerHostBuilder } from "./docker-host";
import type { HttpsEdgeBuilder } from "./https-edge";
import type { ImageBuilder } from "./image";
import type { LogArchiveBuilder } from "./log-archive";
import type { ManagedPostgresBuilder } from "./managed-postgres";
import type { OneOffJobBuilder } from "./one-off-job";
import type { PrivateNetworkBuilder } from "./private-network";
import type { PrivateRedisBuilder } from "./private-redis";
import type { SecretBundleBuilder } from "./secret-bundle";
import type { SharedFilesBuilder } from "./shared-files";
import type { WormArchiveBuilder } from "./worm-archive";

/**
 * What a cloud must bring: one builder per component. `satisfies Platform` in
 * `providers/<cloud>/index.ts` makes parity a matter of compilation.
 */
export interface PlatformBuilders {
  readonly cloud: Cloud;
  readonly privateNetwork: PrivateNetworkBuilder;
  readonly managedPostgres: ManagedPostgresBuilder;
  readonly privateRedis: PrivateRedisBuilder;
  readonly secretBundle: SecretBundleBuilder;
  readonly image: ImageBuilder;
  readonly containerService: ContainerServiceBuilder;
  readonly oneOffJob: OneOffJobBuilder;
  readonly httpsEdge: HttpsEdgeBuilder;
  readonly sharedFiles: SharedFilesBuilder;
  readonly wormArchive: WormArchiveBuilder;
  readonly logArchive: LogArchiveBuilder;
  readonly dockerHost: DockerHostBuilder;
  readonly alarms: AlarmsBuilder;
}

/** A loaded cloud, and the stack it works for. */
export interface Platform extends PlatformBuilders {
  readonly environment: Environment;
}
