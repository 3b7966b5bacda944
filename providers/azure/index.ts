import type { PlatformBuilders } from "../../components/platform";
import { alarms } from "./alarms";
import { containerService } from "./container-service";
import { dockerHost } from "./docker-host";
import { httpsEdge } from "./https-edge";
import { image } from "./image";
import { logArchive } from "./log-archive";
import { managedPostgres } from "./managed-postgres";
import { oneOffJob } from "./one-off-job";
import { privateNetwork } from "./private-network";
import { privateRedis } from "./private-redis";
import { secretBundle } from "./secret-bundle";
import { sharedFiles } from "./shared-files";
import { wormArchive } from "./worm-archive";

/** Azure, built with the azure-native provider. */
export const builders = {
  cloud: "azure",
  privateNetwork,
  managedPostgres,
  privateRedis,
  secretBundle,
  image,
  containerService,
  oneOffJob,
  httpsEdge,
  sharedFiles,
  wormArchive,
  logArchive,
  dockerHost,
  alarms,
} satisfies PlatformBuilders;
