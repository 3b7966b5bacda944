import { DrillError, json } from "../command";
import type { DrillCloud } from "../cloud";

interface Server {
  readonly name: string;
  readonly state: string;
  readonly version: string;
  readonly storage: { readonly storageSizeGb: number };
  readonly network: {
    readonly publicNetworkAccess?: string;
    readonly delegatedSubnetResourceId?: string | null;
    readonly privateDnsZoneArmResourceId?: string | null;
  };
  readonly dataEncryption?: {
    readonly type?: string;
    readonly primaryKeyUri?: string | null;
  } | null;
}

const az = <T>(...args: string[]): T =>
  json<T>("az", ["postgres", "flexible-server", ...args, "--output", "json"]);

const server = (name: string, group: string): Server =>
  az<Server>("show", "--name", name, "--resource-group", group);

/** Flexible servers: restored into the drill's own resource group, where its identity may remove them. */
export const azure: DrillCloud = {
  facts: (id, place) => {
    const { state, version, storage, network, dataEncryption } = server(id, place);
    return {
      ready: state === "Ready",
      state,
      same: {
        engine: `postgres ${version}`,
        encryption: dataEncryption?.primaryKeyUri ?? "Azure's own key",
        network: network.delegatedSubnetResourceId ?? "none",
      },
      storageGiB: storage.storageSizeGb,
      public: network.publicNetworkAccess !== "Disabled",
    };
  },
  newest: ({ id, place }) => {
    const backups = az<{ completedTime: string }[]>(
      ...["backup", "list", "--name", id, "--resource-group", place],
    );
    const times = backups.map(({ completedTime }) => new Date(completedTime).getTime());
    if (times.length === 0) throw new DrillError(`${id}: has no backup; Azure lists none.`);
    return new Date(Math.max(...times));
  },
  restore: (source, scratch, moment) => {
    const { network } = server(source.id, source.place);
    const { delegatedSubnetResourceId: subnet, privateDnsZoneArmResourceId: zone } = network;
    const subscription = json<{ id: string }>("az", ["account", "show", "--output", "json"]).id;
    az(
      ...["restore", "--name", scratch, "--resource-group", azure.scratchPlace(source)],
      "--source-server",
      `/subscriptions/${subscription}/resourceGroups/${source.place}/providers/` +
        `Microsoft.DBforPostgreSQL/flexibleServers/${source.id}`,
      ...["--restore-time", moment.toISOString()],
      ...(subnet ? ["--subnet", subnet] : []),
      ...(zone ? ["--private-dns-zone", zone] : []),
      "--yes",
    );
  },
  scratchPlace: ({ place }) => process.env.AZURE_DRILL_GROUP || place,
  list: (prefix, place) =>
    az<Server[]>("list", "--resource-group", place)
      .map(({ name }) => name)
      .filter((name) => name.startsWith(prefix)),
  remove: (scratch, place) => {
    az("delete", "--name", scratch, "--resource-group", place, "--yes");
  },
};
