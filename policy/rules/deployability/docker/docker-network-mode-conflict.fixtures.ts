import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const container = (props: object) => resource("docker:index/container:Container", props);
const networksAdvanced = [{ name: { ref: "app.name" } }];
const ports = [{ internal: 80, external: 80 }];
const network = (ipamConfigs: unknown) =>
  resource("docker:index/network:Network", { ipamConfigs }, "app");
const fixed = container({
  networksAdvanced: [{ name: { ref: "app.name" }, ipv4Address: "172.30.0.5" }],
});

export const fixtures: Fixtures = {
  good: [
    container({ networkMode: "bridge", networksAdvanced, ports }),
    container({ networkMode: "host" }),
    passes(network([{ subnet: "172.30.0.0/24" }]), fixed),
  ],
  bad: [
    container({ networkMode: "host", networksAdvanced }),
    container({ networkMode: "none", ports }),
    container({ networkMode: "container:abc", networksAdvanced }),
    container({ networkMode: { concat: ["container:", { ref: "db.id" }] }, ports }),
    violates(network(undefined), fixed),
  ],
  missing: [passes(container({ networksAdvanced, ports }))],
  unknown: [container({ networkMode: unknown, ports }), waits(network(unknown), fixed)],
  wrongType: [passes(container({ networkMode: 7, ports: "80" }))],
};
