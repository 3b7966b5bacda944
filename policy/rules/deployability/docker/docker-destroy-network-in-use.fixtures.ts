import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const network = (name: unknown = "app") =>
  resource("docker:index/network:Network", { name }, "app-network");
const volume = resource("docker:index/volume:Volume", {}, "data");
const container = (props: object, ...dependsOn: string[]) =>
  resource("docker:index/container:Container", props, "web", { opts: { dependsOn } });
const on = (name: unknown) => ({ networksAdvanced: [{ name }] });
const mounted = (volumeName: unknown) => ({ volumes: [{ volumeName, containerPath: "/d" }] });

export const fixtures: Fixtures = {
  good: [
    passes(network(), container(on({ ref: "app-network.name" }))),
    passes(network(), container(on("app"), "app-network")),
    passes(network(), container(on("other"))),
    passes(volume, container(mounted({ ref: "data.name" }))),
  ],
  bad: [
    violates(network(), container(on("app"))),
    violates(volume, container(mounted("data"))),
    violates(network(), container({ networkMode: "app" })),
    violates(volume, container({ mounts: [{ type: "volume", source: "data", target: "/d" }] })),
  ],
  missing: [passes(network(), container({}))],
  unknown: [passes(network(unknown), container(on(unknown)))],
  wrongType: [passes(network(), container(on(7)))],
};
