import { passes, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";
import {
  association,
  gateway,
  nat,
  net,
  PUBLIC,
  route,
  subnet,
  table,
} from "../../../lib/deployability/aws/network.samples";

const own = (props: object = {}, dependsOn = ["igw"]) => nat("nat", "pub", props, dependsOn);
const open = [...net, ...PUBLIC];

export const fixtures: Fixtures = {
  good: [
    passes(...open, own()),
    passes(...open, own({ connectivityType: "private" }, [])),
    passes(
      ...net,
      gateway,
      subnet("pub"),
      table("rt"),
      route("rt", "0.0.0.0/0", { gatewayId: { ref: "igw.id" } }),
      association("pub", "rt"),
      own(),
    ),
  ],
  bad: [
    violates(...net, gateway, subnet("pub"), own()),
    violates(...net, gateway, subnet("pub"), table("rt"), association("pub", "rt"), own()),
    violates(
      ...net,
      subnet("pub"),
      table("rt", [{ cidrBlock: "0.0.0.0/0", natGatewayId: { ref: "nat.id" } }]),
      association("pub", "rt"),
      own({}, []),
    ),
    violates(...open, own({}, [])),
  ],
  missing: [passes(...open, own({ subnetId: undefined }))],
  unknown: [
    waits(...open, own({ subnetId: unknown })),
    waits(own({ subnetId: "subnet-a" })),
    waits(...open, own({ connectivityType: unknown })),
  ],
  wrongType: [passes(...open, own({ subnetId: 7 }))],
};
