import type { Cloud } from "../../components/cloud";
import type { Driver, DriverFactory } from "../driver";
import type { Engine } from "../engine";
import { UsageError } from "../error";

/** One dynamic import per cloud. */
const DRIVERS: Partial<Record<Cloud, () => Promise<{ driver: DriverFactory }>>> = {
  aws: () => import("./aws"),
  azure: () => import("./azure"),
  gcp: () => import("./gcp"),
};

export async function loadDriver(cloud: string, engine: Engine): Promise<Driver> {
  const load = DRIVERS[cloud as Cloud];
  if (!load) {
    throw new UsageError(
      `portolan:cloud: releases are not offered on ${cloud} yet; \`pulumi up\` takes the new version there`,
    );
  }
  return (await load()).driver(engine);
}
