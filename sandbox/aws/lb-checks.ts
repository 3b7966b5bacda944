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

/** One that faces the internet needs a network with a way to it. */
export function refuseLoadBalancer({ inputs, cloud }: Draft): undefined {
  const given: string[] = inputs.subnets ?? [];
  const subnets: Plain[] = given.flatMap((id) => {
    const found = cloud.find(SUBNET, id);
    return found === undefined ? [] : [plain(found.outputs)];
  });
  const vpc: unknown = subnets[0]?.vpcId;
  const gateways = GATEWAYS.flatMap((type) => cloud.all(type));
  if (inputs.internal !== true && !gateways.some(({ outputs }) => plain(outputs.vpcId) === vpc)) {
    throw new CloudError(`InvalidSubnet: VPC ${String(vpc)} has no internet gateway`);
  }
  return undefined;
}

/** One listener per port; the certificate of an encrypted one has to be issued. */
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
  if (!encrypted) return undefined;
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
