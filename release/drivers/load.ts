import type { Cloud } from "../../components/cloud";
import type { Driver, DriverFactory } from "../driver";
import type { Engine } from "../engine";
import { UsageError } from "../error";

/** One dynamic import per cloud. */
const DRIVERS: Readonly<Record<Cloud, () => Promise<{ driver: DriverFactory }>>> = {
  aws: () => import("./aws"),
  azure: () => import("./azure"),
  docker: () => import("./docker"),
  gcp: () => import("./gcp"),
};

export async function loadDriver(cloud: string, engine: Engine): Promise<Driver> {
  if (!(cloud in DRIVERS)) {
    throw new UsageError(`the stack's output cloud is ${cloud}, which is none of Portolan's`);
  }
  return (await DRIVERS[cloud as Cloud]()).driver(engine);
}
