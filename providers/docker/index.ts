import type { PlatformBuilders } from "../../components/platform";
import { alarms } from "./alarms";
import { containerService } from "./container-service";
import { httpsEdge } from "./https-edge";
import { image } from "./image";
import { managedPostgres } from "./managed-postgres";
import { oneOffJob } from "./one-off-job";
import { privateNetwork } from "./private-network";
import { privateRedis } from "./private-redis";
import { secretBundle } from "./secret-bundle";

/** One Docker host as a target. */
export const builders = {
  cloud: "docker",
  privateNetwork,
  managedPostgres,
  privateRedis,
  secretBundle,
  image,
  containerService,
  oneOffJob,
  httpsEdge,
  alarms,
} satisfies PlatformBuilders;
