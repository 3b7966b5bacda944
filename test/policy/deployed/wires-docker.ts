import type { PlainResource } from "../../../policy/lib/resource";
import { eachOf, set, type Props, type Wire } from "./wiring";

const CONTAINER = "docker:index/container:Container";
const REACH = ["declared-use-reachable"];

/** Containers that say by a network's name what they use, or by whom they are used. */
const runs = (props: Props): boolean => props["start"] !== false;
const serves = (props: Props, { name = "" }: PlainResource): boolean =>
  /-server$/.test(name) && props["ports"] === undefined;

export const DOCKER_WIRES: readonly Wire[] = [
  {
    ...{ type: CONTAINER, what: "off a store's network", rules: REACH, only: serves },
    spoil: eachOf("networksAdvanced", () => undefined),
  },
  {
    ...{ type: CONTAINER, what: "without any network", rules: REACH },
    only: (props, resource) => runs(props) && !/-(routes|watch)$/.test(resource.name ?? ""),
    spoil: set("networksAdvanced", undefined),
  },
  {
    ...{ type: CONTAINER, what: "isolated", rules: REACH },
    only: (props, resource) => runs(props) && !/-(routes|watch)$/.test(resource.name ?? ""),
    spoil: set("networkMode", "none"),
  },
  {
    ...{
      type: CONTAINER,
      what: "the host's own network",
      rules: ["internet-edge-only"],
      only: runs,
    },
    spoil: set("networkMode", "host"),
  },
  {
    ...{ type: CONTAINER, what: "the Docker socket", rules: ["store-clients-only"] },
    only: (props, { name = "" }) => runs(props) && /^(ui|edge)-/.test(name),
    spoil: (resource, all) =>
      set("volumes", [
        ...((resource.props as Props)["volumes"] as unknown[]),
        { hostPath: "/var/run/docker.sock", containerPath: "/run/docker.sock" },
      ])(resource, all),
  },
  {
    ...{ type: CONTAINER, what: "on every network", rules: ["store-clients-only"] },
    only: (props, { name = "" }) => runs(props) && /^(ui|edge|alarms)-/.test(name),
    spoil: (resource, all) =>
      set(
        "networksAdvanced",
        all
          .filter(({ type }) => type === "docker:index/network:Network")
          .map(({ props }) => ({ name: (props as Props)["name"] })),
      )(resource, all),
  },
];
