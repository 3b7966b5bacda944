import type { Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { named, NETWORK, SUBNETWORK } from "./shared";

const CLUSTER = "gcp:container/cluster:Cluster";

export const types: Record<string, TypeTable> = {
  [CLUSTER]: {
    name: named(40),
    id: "projects/{project}/locations/{region}/clusters/{name}",
    defaults: { deletionProtection: true },
    replaceOn: [
      "location",
      "network",
      "subnetwork",
      "enableAutopilot",
      "ipAllocationPolicy",
      "privateClusterConfig",
    ],
    references: { network: NETWORK, subnetwork: SUBNETWORK },
    outputs: {
      endpoint: ({ digits }: Draft) =>
        `34.${[2, 2, 2].map((count) => Number(digits(count))).join(".")}`,
      masterVersion: "1.33.4-gke.1000",
      masterAuth: ({ hex }: Draft) => ({ clusterCaCertificate: `c2ltdWxhdGVk${hex(32)}` }),
      selfLink: "https://container.googleapis.com/v1/{id}",
      nodeVersion: "1.33.4-gke.1000",
    },
    secrets: ["masterAuth"],
    protection: ({ outputs }) =>
      (plain(outputs) as Plain).deletionProtection === true
        ? "Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed with cluster deletion."
        : undefined,
    seconds: 600,
    missing: "googleapi: Error 404: Not found: {value}., notFound",
  },
  "gcp:container/nodePool:NodePool": {
    name: { property: "name", max: 40, within: ["cluster"] },
    id: "projects/{project}/locations/{region}/clusters/{in.cluster}/nodePools/{name}",
    replaceOn: [
      ...["cluster", "location", "initialNodeCount"],
      ...["nodeConfig.machineType", "nodeConfig.diskType"],
    ],
    references: { cluster: `${CLUSTER}#name|${CLUSTER}` },
    outputs: { version: "1.33.4-gke.1000", instanceGroupUrls: () => [] },
  },
};
