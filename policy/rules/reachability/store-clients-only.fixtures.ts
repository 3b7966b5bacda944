import {
  given,
  passes,
  resource,
  unknown,
  violates,
  waits,
  type Fixtures,
} from "../../lib/fixture";
import { aws, azure, docker, gcp } from "./_examples";

const other = (name: string, props: object) =>
  resource("aws:ecs/service:Service", { networkConfiguration: props }, name);
const inner = { subnets: [{ ref: "inner.id" }] };
const job = resource(
  "azure-native:app:Job",
  { environmentId: { ref: "environment.id" }, template: {} },
  "job",
);
const run = (tags: unknown) =>
  resource(
    "gcp:cloudrunv2/job:Job",
    {
      location: "europe-west1",
      template: {
        template: {
          vpcAccess: { networkInterfaces: [{ subnetwork: { ref: "subnet.id" }, tags }] },
        },
      },
    },
    "job",
  );
const container = (networksAdvanced: unknown, more: object = {}) =>
  resource(
    "docker:index/container:Container",
    { image: "acme/other:1", networksAdvanced, ...more },
    "other",
  );

export const fixtures: Fixtures = {
  good: [
    passes(...aws(), other("job", { ...inner, securityGroups: [{ ref: "edge.id" }] })),
    passes(...azure()),
    // Azure's network cannot tell apps of one environment apart.
    passes(...azure(), job),
    passes(...gcp(), run(["job"])),
    passes(...docker(), container([{ name: { ref: "middle.name" } }])),
    // A proxy in the network of its client is that client to everybody else.
    passes(
      ...docker(),
      container([], { networkMode: { concat: ["container:", { ref: "web.id" }] } }),
    ),
    given({ acceptedSharing: ["whole network"] }, passes(...gcp({ deny: undefined }))),
  ],
  bad: [
    violates(...aws(), other("job", { ...inner, securityGroups: [{ ref: "app.id" }] })),
    violates(...aws({ "store-from-app": { referencedSecurityGroupId: { ref: "edge.id" } } })),
    violates(
      ...aws({
        "store-from-app": { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/16" },
      }),
    ),
    given({ acceptedSharing: [] }, violates(...azure(), job)),
    violates(...azure({ stores: { networkSecurityGroup: undefined } })),
    violates(...azure({ endpoints: { privateEndpointNetworkPolicies: "Disabled" } })),
    violates(...gcp(), run(["web"])),
    violates(...gcp({ deny: undefined })),
    violates(...gcp({ deny: { priority: 5000 } }), run(["web"])),
    violates(...docker(), container([{ name: { ref: "back.name" } }])),
    violates(...docker(), container([], { networkMode: "host" })),
    violates(
      ...docker(),
      container([], { volumes: [{ hostPath: "/var/run/docker.sock", containerPath: "/s" }] }),
    ),
  ],
  missing: [
    passes(...aws({ "store-from-app": undefined })),
    violates(...docker(), container(undefined, { privileged: true })),
  ],
  unknown: [
    waits(...aws({ "store-from-app": { referencedSecurityGroupId: "sg-outside" } })),
    waits(...aws(), other("job", { ...inner, securityGroups: unknown })),
    waits(...gcp(), run(unknown)),
    waits(...docker(), container(unknown)),
  ],
  wrongType: [passes(...aws({ db: { vpcSecurityGroupIds: 7 } }))],
};
