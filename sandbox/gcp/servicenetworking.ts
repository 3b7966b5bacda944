import { CloudError } from "../lib/table";
import type { TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { NETWORK } from "./shared";

const STORES = ["gcp:sql/databaseInstance:DatabaseInstance", "gcp:redis/instance:Instance"];

export const types: Record<string, TypeTable> = {
  "gcp:servicenetworking/connection:Connection": {
    id: "{in.network}:{in.service}",
    scope: "account",
    replaceOn: ["network", "service"],
    references: {
      network: NETWORK,
      "reservedPeeringRanges[*]": "gcp:compute/globalAddress:GlobalAddress#name",
    },
    outputs: { peering: "servicenetworking-googleapis-com" },
    exists:
      "googleapi: Error 400: Cannot modify allocated ranges in CreateConnection. Please use UpdateConnection., failedPrecondition",
    remove: ({ outputs }, cloud) => {
      const connection = plain(outputs) as Plain;
      if (connection.deletionPolicy === "ABANDON") return;
      const user = STORES.flatMap((type) => cloud.all(type)).find((store) =>
        JSON.stringify(plain(store.outputs)).includes(String(connection.network)),
      );
      if (user === undefined) return;
      throw new CloudError(
        "Unable to remove Service Networking Connection, err: Error waiting for Delete Service Networking Connection: " +
          "Error code 9, message: Failed to delete connection; Producer services (e.g. CloudSQL, Cloud Memstore, etc.) " +
          "are still using this connection.",
      );
    },
  },
};
