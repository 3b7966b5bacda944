import { Network } from "@pulumi/docker/network";
import type * as pulumi from "@pulumi/pulumi";
import { builder, type Parity } from "../../components/builder";
import type { Environment } from "../../components/cloud";
import type { PrivateNetworkSpec } from "../../components/private-network";
import { Problems } from "../../components/errors";
import type { HostNetwork, NetworkAttachment } from "./attachments";
import { buildKeeper } from "./keeper";
import { hostName, labels } from "./names";
import { readSettings } from "./settings";
import { warn } from "./shortfall";
import { Subnets } from "./subnets";

const describe: Parity<PrivateNetworkSpec> = {
  cidr: "every network of the stack is a part of this range; containers have no public address",
  zones: { unsupported: "one host is one zone; remove the setting" },
  outbound:
    "through the host, by one bridge for each workload that asks for it, so that they do not reach each " +
    "other there; `zonal` is the same as `single` on one host, `none` allows no such bridge",
  flowLogDays: "accepted with a warning: Docker logs no connections",
};

interface Resolved {
  readonly cidr: string;
  readonly outbound: boolean;
  readonly flowLogs: boolean;
}

/** One bridge of the host; `internal` ones have no route to anywhere else. */
export function hostNetwork(
  name: string,
  kind: "internal" | "outward",
  subnets: Subnets,
  environment: Environment,
  parent: pulumi.Resource,
  exactName?: string,
): HostNetwork {
  const subnet = subnets.of(name);
  const network = new Network(
    `${name}-network`,
    {
      name: exactName ?? hostName(environment, name),
      driver: "bridge",
      internal: kind === "internal",
      ipamConfigs: [{ subnet }],
      labels: labels(environment, name),
    },
    { parent },
  );
  return { name: network.name, subnet };
}

export const privateNetwork = builder({
  cloud: "docker",
  describe,
  resolve: (spec: PrivateNetworkSpec, { problems }): Resolved => {
    readSettings(problems);
    return {
      cidr: spec.cidr ?? "10.40.0.0/16",
      outbound: spec.outbound !== "none",
      flowLogs: spec.flowLogDays !== undefined,
    };
  },
  build: ({ name, spec, parent, environment }) => {
    const settings = readSettings(new Problems());
    const subnets = new Subnets(spec.cidr);
    if (spec.flowLogs) warn(parent, "flowLogDays", "Docker logs no connections; none are kept");
    const attachment: NetworkAttachment = {
      cloud: "docker",
      settings,
      subnets,
      keeper: buildKeeper(name, settings, environment, parent),
      outbound: spec.outbound,
    };
    return { attachment };
  },
});
