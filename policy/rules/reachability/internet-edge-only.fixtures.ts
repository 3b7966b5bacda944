import { given, passes, unknown, violates, waits, type Fixtures } from "../../lib/fixture";
import { aws, azure, docker, gcp } from "./_examples";

/** The service in the public subnet, open to the world. */
const exposed = (assignPublicIp: unknown) =>
  aws({
    web: {
      networkConfiguration: {
        ...{ subnets: [{ ref: "outer.id" }], securityGroups: [{ ref: "app.id" }] },
        assignPublicIp,
      },
    },
    "app-from-edge": { referencedSecurityGroupId: undefined, cidrIpv4: "0.0.0.0/0" },
  });
const sql = (ipConfiguration: object) => gcp({ db: { settings: { ipConfiguration } } });
const world = { authorizedNetworks: [{ value: "0.0.0.0/0" }] };

/** The proxy as an edge of this project, which publishes other ports. */
const ownEdge = (ports: unknown) =>
  docker({ proxy: { ports } }).map((each) => ({
    ...each,
    ...(each.name === "proxy"
      ? { parent: "urn:pulumi:live::acme::portolan:components:HttpsEdge::edge" }
      : {}),
  }));
const other = { internal: 8443, external: 18443 };

export const fixtures: Fixtures = {
  good: [
    passes(...aws()),
    passes(...azure()),
    passes(...gcp()),
    passes(...docker()),
    passes(...exposed(false)),
    passes(...sql({ ipv4Enabled: true })),
    passes(...docker({ web: { ports: [{ internal: 8080, external: 8080, ip: "127.0.0.1" }] } })),
    // A published port of a container on internal networks alone does not answer.
    passes(...docker({ db: { ports: [{ internal: 5432, external: 5432 }] } })),
    // The edge on another port is still the edge.
    passes(...ownEdge([other, { internal: 8080, external: 18080 }])),
    passes(...ownEdge([{ ...other, external: unknown }])),
    given({ publicPorts: [443, 80, 8443] }, passes(...aws({ listener: { port: 8443 } }))),
  ],
  bad: [
    violates(...exposed(true)),
    violates(...aws({ listener: { port: 8443 } })),
    violates(...azure({ environment: { vnetConfiguration: { internal: false } } })),
    violates(...azure({ cache: { publicNetworkAccess: "Enabled" } })),
    violates(...gcp({ web: { ingress: "INGRESS_TRAFFIC_ALL" } })),
    violates(...sql(world)),
    violates(
      ...docker({
        db: {
          networksAdvanced: [{ name: { ref: "front.name" } }],
          ports: [{ internal: 5432, external: 5432 }],
        },
      }),
    ),
    violates(...docker({ web: { networkMode: "host" } })),
    // Somebody else's container on that port, and another port of the edge.
    violates(...docker({ proxy: { ports: [other] } })),
    violates(...ownEdge([other, { internal: 2019, external: 2019 }])),
  ],
  missing: [
    violates(...azure({ cache: { publicNetworkAccess: undefined } })),
    violates(...gcp({ web: { ingress: undefined } })),
  ],
  unknown: [
    waits(...exposed(unknown)),
    waits(...gcp({ web: { ingress: unknown } })),
    waits(...sql({ ...world, ipv4Enabled: unknown })),
    waits(...ownEdge([{ ...other, internal: unknown }])),
  ],
  wrongType: [passes(...exposed("no")), passes(...sql({ authorizedNetworks: "0.0.0.0/0" }))],
};
