import { rule as serviceRange } from "../../policy/rules/deployability/gcp/gcp-psa-range";
import { CloudError } from "../lib/table";
import type { Draft, TypeTable } from "../lib/table";
import { globalCompute, NETWORK, ref, regionalCompute, SUBNETWORK } from "./shared";

export const networkTypes: Record<string, TypeTable> = {
  "gcp:compute/network:Network": globalCompute("networks", {
    defaults: { autoCreateSubnetworks: true, mtu: 0 },
    outputs: { networkId: "{digits:19}", numericId: "{digits:19}", gatewayIpv4: "" },
    replaceOn: [
      "autoCreateSubnetworks",
      "description",
      "enableUlaInternalIpv6",
      "internalIpv6Range",
    ],
    quota: {
      most: 5,
      answer:
        "googleapi: Error 403: Quota 'NETWORKS' exceeded.  Limit: 5.0 globally., quotaExceeded",
    },
  }),
  "gcp:compute/subnetwork:Subnetwork": regionalCompute("subnetworks", {
    outputs: {
      subnetworkId: ({ digits }: Draft) => Number(digits(15)),
      gatewayAddress: ({ inputs }: Draft) =>
        String(inputs.ipCidrRange).replace(/\.\d+\/\d+$/, ".1"),
      fingerprint: "{hex:12}",
      stackType: "IPV4_ONLY",
    },
    references: { network: NETWORK },
    replaceOn: ["network", "ipCidrRange", "description", "purpose"],
    sets: ["secondaryIpRanges"],
    create: refuseOverlap,
  }),
  "gcp:compute/globalAddress:GlobalAddress": globalCompute("addresses", {
    defaults: { addressType: "EXTERNAL" },
    outputs: {
      address: ({ digits }: Draft) =>
        `34.${96 + (Number(digits(1)) % 10)}.${Number(digits(2))}.${Number(digits(2))}`,
    },
    references: { network: NETWORK },
    replaceOn: [
      "address",
      "addressType",
      "description",
      "ipVersion",
      "network",
      "prefixLength",
      "purpose",
    ],
    rules: [serviceRange],
  }),
  "gcp:compute/address:Address": regionalCompute("addresses", {
    outputs: {
      address: ({ digits, inputs }: Draft) =>
        `${inputs.addressType === "INTERNAL" ? "10.40.0" : `35.${Number(digits(2))}.${Number(digits(2))}`}.${10 + Number(digits(2))}`,
      users: () => [],
    },
    references: { subnetwork: SUBNETWORK, network: NETWORK },
    replaceOn: ["address", "addressType", "purpose", "subnetwork", "network", "networkTier"],
  }),
  "gcp:compute/firewall:Firewall": globalCompute("firewalls", {
    defaults: { priority: 1000, direction: "INGRESS" },
    references: { network: NETWORK },
    replaceOn: ["network", "direction"],
    sets: ["allows", "denies", "sourceRanges", "destinationRanges", "targetTags", "sourceTags"],
    validate: (inputs) =>
      inputs.allows === undefined && inputs.denies === undefined
        ? [{ property: "allows", reason: "one of `allow,deny` must be specified" }]
        : [],
  }),
  "gcp:compute/router:Router": regionalCompute("routers", {
    references: { network: NETWORK },
    replaceOn: ["network", "encryptedInterconnectRouter"],
  }),
  "gcp:compute/routerNat:RouterNat": {
    name: { property: "name", max: 63, within: ["router"] },
    id: "{project}/{region}/{in.router}/{name}",
    references: {
      router: ref("gcp:compute/router:Router", "name", "selfLink"),
      "subnetworks[*].name": SUBNETWORK,
    },
    replaceOn: ["router", "region", "type"],
    sets: ["subnetworks"],
    outputs: { region: "{region}" },
    validate: (inputs) =>
      inputs.enableDynamicPortAllocation === true &&
      inputs.enableEndpointIndependentMapping === true
        ? [
            {
              property: "enableEndpointIndependentMapping",
              reason: "must be false when dynamic port allocation is enabled",
            },
          ]
        : [],
    missing: "googleapi: Error 404: The resource '{value}' was not found, notFound",
  },
  "gcp:compute/route:Route": globalCompute("routes", {
    references: { network: NETWORK },
    replaceOn: [
      "network",
      "destRange",
      "nextHopGateway",
      "nextHopIp",
      "nextHopInstance",
      "priority",
      "tags",
    ],
  }),
  "gcp:compute/networkPeering:NetworkPeering": {
    name: { property: "name", max: 63 },
    id: ({ inputs, name }) => `${String(inputs.network).split("/").at(-1)}/${name}`,
    scope: "account",
    references: { network: NETWORK },
    replaceOn: ["network", "peerNetwork"],
    outputs: { state: "ACTIVE", stateDetails: "[2026]: Connected." },
  },
};

/** Two subnets of a network must not share an address. */
function refuseOverlap({
  inputs,
  cloud,
}: Parameters<NonNullable<TypeTable["create"]>>[0]): undefined {
  const mine = range(inputs.ipCidrRange);
  for (const other of cloud.all("gcp:compute/subnetwork:Subnetwork")) {
    const { network, ipCidrRange } = other.outputs as { network?: unknown; ipCidrRange?: unknown };
    const theirs = range(ipCidrRange);
    if (network !== inputs.network || !mine || !theirs) continue;
    if (mine[0] < theirs[1] && theirs[0] < mine[1]) {
      throw new CloudError(
        `googleapi: Error 400: Invalid IPCidrRange: ${String(inputs.ipCidrRange)} conflicts with existing ` +
          `subnetwork '${other.id}' in region, invalidIPCidrRange`,
      );
    }
  }
  return undefined;
}

function range(cidr: unknown): [number, number] | undefined {
  const [address, bits] = String(cidr).split("/");
  const octets = (address ?? "").split(".").map(Number);
  if (octets.length !== 4 || bits === undefined) return undefined;
  const start = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return [start, start + 2 ** (32 - Number(bits))];
}
