import { forgotten, gone, set, type Props, type Wire } from "./wiring";

const FIREWALL = "gcp:compute/firewall:Firewall";
const SERVICE = "gcp:cloudrunv2/service:Service";
const JOB = "gcp:cloudrunv2/job:Job";
const REACH = ["declared-use-reachable"];

/** A rule that opens one store to one workload. */
const opensStore = (props: Props): boolean =>
  JSON.stringify(props["allows"] ?? []).match(/"(5432|6378|6379)"/) !== null;

export const GCP_WIRES: readonly Wire[] = [
  { type: FIREWALL, what: "gone", rules: REACH, only: opensStore, spoil: gone },
  {
    ...{ type: FIREWALL, what: "another port", rules: REACH, only: opensStore },
    spoil: set("allows", [{ protocol: "tcp", ports: ["9"] }]),
  },
  {
    ...{ type: FIREWALL, what: "another tag", rules: REACH, only: opensStore },
    spoil: set("targetTags", ["nobody"]),
  },
  {
    ...{ type: FIREWALL, what: "too late", rules: REACH, only: opensStore },
    spoil: set("priority", 2000),
  },
  {
    ...{ type: FIREWALL, what: "switched off", rules: REACH, only: opensStore },
    spoil: set("disabled", true),
  },
  {
    ...{ type: FIREWALL, what: "for everybody", rules: ["store-clients-only"], only: opensStore },
    spoil: set("targetTags", undefined),
  },
  {
    ...{ type: "gcp:compute/subnetwork:Subnetwork", what: "another region", rules: REACH },
    spoil: set("region", "asia-east1"),
  },
  {
    ...{ type: "gcp:servicenetworking/connection:Connection", what: "gone" },
    ...{ rules: [...REACH, "gcp-sql-private-connection-first"], spoil: gone },
  },
  {
    ...{ type: "gcp:servicenetworking/connection:Connection", what: "nothing waits for it" },
    ...{ rules: ["gcp-sql-private-connection-first"], spoil: forgotten },
  },
  {
    ...{ type: SERVICE, what: "open to the internet", rules: ["internet-edge-only"] },
    spoil: set("ingress", "INGRESS_TRAFFIC_ALL"),
  },
  {
    ...{ type: SERVICE, what: "closed to the balancer", rules: REACH },
    only: (props) => props["ingress"] === "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
    spoil: set("ingress", "INGRESS_TRAFFIC_INTERNAL_ONLY"),
  },
  {
    ...{ type: JOB, what: "outside the network", rules: REACH },
    spoil: set("template.template.vpcAccess", undefined),
  },
  {
    ...{ type: "gcp:redis/instance:Instance", what: "without TLS, on another port", rules: REACH },
    spoil: set("transitEncryptionMode", "DISABLED"),
  },
  {
    ...{ type: "gcp:secretmanager/secretIamMember:SecretIamMember", what: "gone" },
    ...{ rules: ["gcp-cloudrun-secret-access-first"], spoil: gone },
  },
  {
    ...{ type: "gcp:secretmanager/secretIamMember:SecretIamMember", what: "nothing waits for it" },
    ...{ rules: ["gcp-cloudrun-secret-access-first"], spoil: forgotten },
  },
  {
    ...{ type: "gcp:projects/service:Service", what: "nothing waits for it" },
    rules: ["gcp-api-enabled-first"],
    // Nothing of a plain stack uses these two.
    only: (props) => !/^cloud(build|kms)\./.test(String(props["service"])),
    spoil: forgotten,
  },
  {
    ...{ type: "gcp:compute/routerNat:RouterNat", what: "gone" },
    ...{ rules: ["gcp-all-traffic-needs-nat"], spoil: gone },
  },
];
