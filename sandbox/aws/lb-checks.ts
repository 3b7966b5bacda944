import { CloudError } from "../lib/table";
import type { CloudObject } from "../lib/store";
import type { Draft } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { CERTIFICATE, LISTENER, LISTENER_RULE, SUBNET } from "./refs";

const GATEWAYS = [
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
];
const BUCKET_POLICIES = ["aws:s3/bucketPolicy:BucketPolicy"];

/** Zones, way to the internet, and a bucket for the access log that may be written to. */
export function refuseLoadBalancer({ inputs, cloud }: Draft): undefined {
  const given: string[] = inputs.subnets ?? [];
  const subnets: Plain[] = given.flatMap((id) => {
    const found = cloud.find(SUBNET, id);
    return found === undefined ? [] : [plain(found.outputs)];
  });
  const zones = new Set(subnets.map(({ availabilityZone }) => availabilityZone));
  if (zones.size < subnets.length) {
    throw new CloudError(
      "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone",
    );
  }
  if (inputs.loadBalancerType === "application" && zones.size < 2) {
    throw new CloudError(
      "ValidationError: At least two subnets in two different Availability Zones must be specified",
    );
  }
  const vpc: unknown = subnets[0]?.vpcId;
  const gateways = GATEWAYS.flatMap((type) => cloud.all(type));
  if (inputs.internal !== true && !gateways.some(({ outputs }) => plain(outputs.vpcId) === vpc)) {
    throw new CloudError(`InvalidSubnet: VPC ${String(vpc)} has no internet gateway`);
  }
  const bucket: unknown =
    inputs.accessLogs?.enabled === false ? undefined : inputs.accessLogs?.bucket;
  const policies = BUCKET_POLICIES.flatMap((type) => cloud.all(type));
  if (
    typeof bucket === "string" &&
    !policies.some(({ outputs }) => plain(outputs.bucket) === bucket)
  ) {
    throw new CloudError(
      `InvalidConfigurationRequest: Access Denied for bucket: ${bucket}. Please check S3bucket permission`,
    );
  }
  return undefined;
}

/** One listener per port; encrypted ones need a certificate that is issued. */
export function refuseListener(draft: Draft, old?: CloudObject): undefined {
  const { inputs, outputs, cloud } = draft;
  const taken = cloud
    .all(LISTENER)
    .some(
      (other) =>
        other.id !== old?.id &&
        other.outputs.loadBalancerArn === inputs.loadBalancerArn &&
        plain(other.outputs.port) === outputs.port,
    );
  if (taken) {
    throw new CloudError(
      "DuplicateListener: A listener already exists on this port for this load balancer",
    );
  }
  const encrypted = ["HTTPS", "TLS"].includes(String(outputs.protocol));
  if (!encrypted) {
    if (inputs.certificateArn === undefined) return undefined;
    throw new CloudError(
      "ValidationError: Certificates can be specified for HTTPS and TLS listeners only",
    );
  }
  if (inputs.certificateArn === undefined) {
    throw new CloudError("ValidationError: A certificate must be specified for HTTPS listeners");
  }
  const certificate = cloud.find(CERTIFICATE, String(inputs.certificateArn));
  if (certificate !== undefined && plain(certificate.outputs.status) !== "ISSUED") {
    throw new CloudError(
      `UnsupportedCertificate: The certificate '${certificate.id}' must have a fully-qualified domain name, ` +
        "a supported signature, and a supported key size.",
    );
  }
  return undefined;
}

export function refuseRule({ inputs, cloud }: Draft, old?: CloudObject): undefined {
  const taken = cloud
    .all(LISTENER_RULE)
    .some(
      (other) =>
        other.id !== old?.id &&
        plain(other.outputs.listenerArn) === inputs.listenerArn &&
        plain(other.outputs.priority) === inputs.priority,
    );
  if (taken && inputs.priority !== undefined) {
    throw new CloudError(
      `PriorityInUse: Priority '${String(inputs.priority)}' is currently in use`,
    );
  }
  return undefined;
}
