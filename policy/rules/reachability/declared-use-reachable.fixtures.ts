import { passes, resource, unknown, violates, waits, type Fixtures } from "../../lib/fixture";
import { aws, azure, docker, gcp } from "./_examples";

const denyAll = {
  ...{ access: "Deny", priority: 100, protocol: "*", direction: "Inbound" },
  ...{ sourceAddressPrefix: "*", destinationAddressPrefix: "*", destinationPortRange: "*" },
};
const web = (networkConfiguration: unknown) => aws({ web: { networkConfiguration } });
/** A gateway in the network before the app, whose environment has a zone of its own. */
const gateway = (link: object, app: object = {}) =>
  azure({ web: { ...app, containerAppName: "web.internal.example" } }).concat(
    resource(
      "azure-native:network:Subnet",
      { virtualNetworkName: { ref: "vnet.name" }, addressPrefix: "10.0.3.0/24" },
      "gateways",
    ),
    resource("azure-native:network:ApplicationGateway", {
      gatewayIPConfigurations: [{ subnet: { id: { ref: "gateways.id" } } }],
      backendAddressPools: [{ backendAddresses: [{ fqdn: "web.internal.example" }] }],
    }),
    resource(
      "azure-native:privatedns:PrivateZone",
      { privateZoneName: { ref: "environment.defaultDomain" } },
      "apps-zone",
    ),
    resource("azure-native:privatedns:VirtualNetworkLink", {
      privateZoneName: { ref: "apps-zone.name" },
      ...link,
    }),
  );
const linked = { virtualNetwork: { id: { ref: "vnet.id" } } };
const run = (vpcAccess: unknown) =>
  gcp({
    web: { template: { containers: [{ envs: [{ value: { ref: "db.host" } }] }], vpcAccess } },
  });

/** A machine behind the balancer, on a port of its own. */
const machine = (port: number) =>
  aws({ web: undefined }).concat(
    resource(
      "aws:ec2/instance:Instance",
      { subnetId: { ref: "inner.id" }, vpcSecurityGroupIds: [{ ref: "app.id" }] },
      "machine",
    ),
    resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", {
      targetGroupArn: { ref: "targets.arn" },
      targetId: { ref: "machine.id" },
      port,
    }),
  );

export const fixtures: Fixtures = {
  good: [
    passes(...aws()),
    passes(...azure()),
    passes(...gcp()),
    passes(...docker()),
    // Everything inside the network, written inline and by range.
    passes(
      ...aws({
        "store-from-app": undefined,
        store: { ingress: [{ protocol: "-1", cidrBlocks: ["10.0.0.0/16"] }] },
      }),
    ),
    passes(...machine(8080)),
    passes(...gateway(linked)),
    passes(...aws({ "app-to-store": { ipProtocol: "-1", fromPort: -1, toPort: -1 } })),
  ],
  bad: [
    violates(...aws({ "store-from-app": undefined })),
    violates(...aws({ "app-to-store": undefined })),
    violates(...aws({ "store-from-app": { fromPort: 3306, toPort: 3306 } })),
    violates(...aws({ "edge-to-app": undefined })),
    violates(...aws({ "app-from-edge": { fromPort: 80, toPort: 80 } })),
    violates(...aws({ db: { port: 5433 } })),
    violates(...machine(9090)),
    violates(...aws({ vpc: { cidrBlock: "10.0.0.0/16", enableDnsSupport: false } })),
    violates(
      ...aws(),
      resource("aws:ec2/networkAcl:NetworkAcl", {
        subnetIds: [{ ref: "inner.id" }],
        ingress: [{ protocol: "-1", ruleNo: 100, action: "deny", cidrBlock: "10.0.2.0/24" }],
      }),
    ),
    violates(...azure({ link: undefined })),
    violates(...azure({ record: undefined })),
    violates(...azure({ "cache-link": undefined })),
    violates(
      ...azure({ "cache-zone": { privateZoneName: "privatelink.redis.cache.windows.net" } }),
    ),
    violates(...azure({ endpoint: undefined })),
    violates(...azure({ environment: { vnetConfiguration: undefined } })),
    violates(...azure({ "store-rules": { securityRules: [denyAll] } })),
    violates(...azure({ origin: { sharedPrivateLinkResource: undefined } })),
    violates(...azure({ web: { configuration: { ingress: { external: false } } } })),
    violates(...gateway({ virtualNetwork: { id: "/another" } })),
    violates(...gateway(linked, { configuration: { ingress: { external: false } } })),
    violates(...run(undefined)),
    violates(...gcp({ "web-to-db": undefined })),
    violates(...gcp({ "web-to-cache": { priority: 2000 } })),
    violates(...gcp({ peering: undefined })),
    violates(...gcp({ subnet: { region: "europe-west4" } })),
    violates(...gcp({ web: { ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" } })),
    violates(...docker({ db: { networksAdvanced: [{ name: { ref: "front.name" } }] } })),
    violates(...docker({ web: { networksAdvanced: [] } })),
    violates(...docker({ db: { networksAdvanced: [] }, web: { networksAdvanced: [] } })),
    violates(...docker({ web: { envs: ["URL=postgres://app@db:5433/app"] } })),
  ],
  missing: [
    passes(resource("aws:ecs/service:Service", {})),
    violates(...azure({ db: { network: undefined } })),
    violates(...gcp({ db: { settings: { ipConfiguration: { ipv4Enabled: false } } } })),
  ],
  unknown: [
    waits(...web(unknown)),
    waits(...web({ subnets: ["subnet-1"], securityGroups: ["sg-1"] })),
    waits(...azure({ web: { environmentId: unknown } })),
    waits(...azure({ link: { virtualNetwork: unknown } })),
    waits(...gcp({ web: { ingress: unknown } })),
    waits(...docker({ db: { networksAdvanced: unknown } })),
  ],
  wrongType: [
    waits(...web("x")),
    violates(...gcp({ "web-to-db": { allows: "all", denies: 7 } })),
    violates(...docker({ db: { networksAdvanced: "back" } })),
  ],
};
