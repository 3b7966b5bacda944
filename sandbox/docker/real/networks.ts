import type { Plain } from "../../lib/values";
import { orGone, reasonOf } from "./connection";
import { drift, labelsOf, type RealType, type Seen } from "./resource";

const REMOVE_MS = 30_000;

function networkOf(found: Plain, inputs: Plain): Seen {
  const real = {
    name: found.Name,
    driver: found.Driver,
    internal: found.Internal,
    attachable: found.Attachable,
    ipv6: found.EnableIPv6,
  };
  return {
    id: found.Id,
    outputs: {
      ...real,
      ingress: found.Ingress,
      scope: found.Scope,
      options: found.Options ?? {},
      ipamDriver: found.IPAM?.Driver,
      ipamConfigs: (found.IPAM?.Config ?? []).map(({ Subnet, Gateway }: Plain) => ({
        subnet: Subnet,
        ...(Gateway ? { gateway: Gateway } : {}),
      })),
    },
    drifted: drift(inputs, real),
  };
}

export const network: RealType = {
  async create(engine, inputs) {
    const made = await engine
      .createNetwork({
        Name: inputs.name,
        CheckDuplicate: true,
        Driver: inputs.driver ?? "bridge",
        Internal: inputs.internal ?? false,
        Attachable: inputs.attachable ?? false,
        EnableIPv6: inputs.ipv6 ?? false,
        Options: inputs.options ?? {},
        Labels: labelsOf(inputs.labels),
        IPAM: {
          Driver: inputs.ipamDriver ?? "default",
          Options: inputs.ipamOptions ?? {},
          Config: (inputs.ipamConfigs ?? []).map(({ subnet, gateway, ipRange }: Plain) => ({
            Subnet: subnet,
            ...(gateway ? { Gateway: gateway } : {}),
            ...(ipRange ? { IPRange: ipRange } : {}),
          })),
        },
      })
      .catch((error: unknown) => {
        throw new Error(`Unable to create network: ${reasonOf(error)}`, { cause: error });
      });
    return networkOf(await made.inspect(), inputs);
  },

  async read(engine, id, inputs) {
    const found = await orGone(engine.getNetwork(id).inspect());
    return found && networkOf(found, inputs);
  },

  /** Containers that are going still hold it for a moment. */
  async remove(engine, id) {
    const deadline = Date.now() + REMOVE_MS;
    for (;;) {
      try {
        await orGone(engine.getNetwork(id).remove());
        return;
      } catch (error) {
        const held = reasonOf(error).includes("has active endpoints");
        if (!held || Date.now() > deadline) {
          throw new Error(`Unable to remove network: ${reasonOf(error)}`, { cause: error });
        }
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  },
};

const volumeOf = (found: Plain, inputs: Plain): Seen => ({
  id: found.Name,
  outputs: { name: found.Name, driver: found.Driver, mountpoint: found.Mountpoint },
  drifted: drift(inputs, { driver: found.Driver }),
});

export const volume: RealType = {
  async create(engine, inputs) {
    await engine.createVolume({
      Name: inputs.name,
      Driver: inputs.driver ?? "local",
      DriverOpts: inputs.driverOpts ?? {},
      Labels: labelsOf(inputs.labels),
    });
    return volumeOf(await engine.getVolume(inputs.name).inspect(), inputs);
  },

  async read(engine, id, inputs) {
    const found = await orGone(engine.getVolume(id).inspect());
    return found && volumeOf(found, inputs);
  },

  async remove(engine, id) {
    await orGone(engine.getVolume(id).remove());
  },
};
