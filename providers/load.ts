import type { Cloud, Environment } from "../components/cloud";
import type { Platform, PlatformBuilders } from "../components/platform";

/** One dynamic import per cloud: the SDK of the chosen cloud is loaded, and no other. */
const CLOUD_MODULES: Record<Cloud, () => Promise<{ builders: PlatformBuilders }>> = {
  aws: () => import("./aws"),
  azure: () => import("./azure"),
  gcp: () => import("./gcp"),
  docker: () => import("./docker"),
};

/** Loads the chosen cloud for one stack. */
export async function loadPlatform(cloud: Cloud, environment: Environment): Promise<Platform> {
  const { builders } = await CLOUD_MODULES[cloud]();
  return { ...builders, environment };
}
